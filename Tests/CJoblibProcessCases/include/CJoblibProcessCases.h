#ifndef CJOBLIB_PROCESS_CASES_H
#define CJOBLIB_PROCESS_CASES_H

/// The variable that names how this program's constructor ends a process.
#define JOBLIB_CASE_CONSTRUCTOR "JOBLIB_CASE_CONSTRUCTOR"

/// Makes the linker keep the constructor.
void joblib_case_link(void);

/// From here on the process gets no more memory.
void joblib_case_end_memory(void);

#endif
