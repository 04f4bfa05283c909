#ifndef CJOBLIB_LIBRARY_H
#define CJOBLIB_LIBRARY_H

/// Loads a shared library, by file name or path; null if it is not there. Its symbols do not mix with the program's.
void *joblib_library_open(const char *name);

/// The address of a function in a loaded library; null if there is none of that name.
void *joblib_library_function(void *library, const char *name);

#endif
