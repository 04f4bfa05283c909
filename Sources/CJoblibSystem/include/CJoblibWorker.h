#ifndef CJOBLIB_WORKER_H
#define CJOBLIB_WORKER_H

#include <stdbool.h>

/// The environment variable that makes a program a worker: "socket:parent", two decimal numbers.
#define JOBLIB_WORKER_VARIABLE "JOBLIB_WORKER_SOCKET"

/// The exit code of a process that was started as a worker and cannot be one.
enum { joblib_worker_refused = 119 };

/// Whether this code is in the program's own file, which runs it before `main` whenever it is started: false on Darwin in
/// a bundle or a library that the program has loaded. Not asked elsewhere: true.
bool joblib_is_in_program(void);

/// Runs in a worker instead of `main`. Defined in Swift with `@_cdecl("joblib_worker_main")`; a program without that
/// definition refuses to be a worker.
void joblib_worker_main(int socket);

/// Becomes a worker if the variable says so; does not return then.
void joblib_enter_worker(void);

#endif
