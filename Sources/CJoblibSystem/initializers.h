#ifndef CJOBLIB_INITIALIZERS_H
#define CJOBLIB_INITIALIZERS_H

typedef void (*joblib_initializer)(int, char **, char **);

/// Runs the initializers that are linked behind `own`: tasks may need what they initialize, such as the globals of C++
/// and, in a program that is linked statically, libdispatch. They would not run any more, as a worker never returns.
void joblib_run_later_initializers(joblib_initializer own, int count, char **arguments, char **environment);

#endif
