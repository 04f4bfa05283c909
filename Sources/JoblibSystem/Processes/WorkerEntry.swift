internal import CJoblibSystem

/// How a program becomes a worker before its `main` runs.
///
/// A C constructor looks for ``variable``. Where it is set, the constructor erases it, checks the socket that it names,
/// sees to it that this process ends with its parent, runs the program's other constructors as far as they are linked
/// behind it, calls the function that Swift exports as `joblib_worker_main(_ socket: Int32)`, and exits. Where it is not
/// set, nothing happens.
package enum WorkerEntry {
    /// The environment variable: "socket:parent", the inherited socket's number and the parent's process number.
    package static let variable = JOBLIB_WORKER_VARIABLE

    /// The exit code of a process that was told to be a worker and cannot be one: a bad value of the variable, no socket,
    /// the parent is gone, or no such function in the program.
    package static let refusalCode = Int32(joblib_worker_refused)

    /// Whether the program, started again, would run the constructor: false on Darwin where this code is in a bundle that
    /// the program has loaded, as tests are, or in a library.
    package static let isInProgram = joblib_is_in_program()

    /// What the constructor does, for programs whose linker has dropped it: called from `main`, after all constructors.
    package static func enterIfAsked() {
        joblib_enter_worker()
    }
}
