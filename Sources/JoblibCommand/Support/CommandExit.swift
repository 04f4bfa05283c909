import ArgumentParser
internal import Joblib
internal import JoblibSystem

/// What the command's end tells the shell.
enum CommandExit {
    static let done: Int32 = 0
    /// A part of the work was not done.
    static let failed: Int32 = 1
    /// Arguments that mean nothing, or name what is not there.
    static let wrongUse: Int32 = 2
    /// 128 and the number of SIGINT, as shells have it.
    static let interrupted: Int32 = 130

    /// The exit code for what a command has thrown.
    static func code(of error: any Error) -> Int32 {
        switch error {
        case let error as CommandFailure: return error.code
        case let error as JoblibError:
            switch error.code {
            case .invalidArgument, .inconsistentOptions, .unknownBackend: return wrongUse
            case .interrupted: return interrupted
            default: return failed
            }
        case is CancellationError: return interrupted
        case let error as SystemError where error.isBrokenPipe: return failed
        default:
            let code = JoblibTool.exitCode(for: error)
            // 64 is what BSD's sysexits.h has for wrong use.
            return code == .validationFailure ? wrongUse : code.rawValue
        }
    }

    /// Whether nobody wants to hear of it: the reader of a pipe has seen enough.
    static func isSilent(_ error: any Error) -> Bool {
        (error as? SystemError)?.isBrokenPipe ?? false
    }
}

/// Why a command does not do what it was asked to, and how it then ends.
struct CommandFailure: Error, CustomStringConvertible {
    var code: Int32
    var description: String

    static func failed(_ text: String) -> Self { Self(code: CommandExit.failed, description: text) }
    static func wrongUse(_ text: String) -> Self { Self(code: CommandExit.wrongUse, description: text) }
}
