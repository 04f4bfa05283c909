#ifndef CJOBLIB_TEST_INITIALIZER_H
#define CJOBLIB_TEST_INITIALIZER_H

/// What an initializer of C has set, as those of C++ do for globals: 42.
int joblib_case_initialized(void);

#endif
