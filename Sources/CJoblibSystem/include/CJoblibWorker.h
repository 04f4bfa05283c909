#ifndef CJOBLIB_WORKER_H
#define CJOBLIB_WORKER_H

/// The environment variable that makes a program a worker: "socket:parent", two decimal numbers.
#define JOBLIB_WORKER_VARIABLE "JOBLIB_WORKER_SOCKET"

/// The exit code of a process that was started as a worker and cannot be one.
enum { joblib_worker_refused = 119 };

/// Runs in a worker instead of `main`. Defined in Swift with `@_cdecl("joblib_worker_main")`; a program without that
/// definition refuses to be a worker.
void joblib_worker_main(int socket);

/// Becomes a worker if the variable says so; does not return then.
void joblib_enter_worker(void);

#endif
