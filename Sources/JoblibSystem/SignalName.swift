#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Android)
internal import Android
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The names of the signals that end processes.
package enum SignalName {
    private static let names: [Int32: String] = [
        SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
        SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS", SIGKILL: "SIGKILL", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP",
        SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
    ]

    /// Such as `SIGSEGV`; nil for a signal that is no usual end.
    package static func name(of signal: Int32) -> String? { names[signal] }

    /// Whether the signal is that of a bad address.
    static func isBadAddress(_ signal: Int32) -> Bool { signal == SIGSEGV || signal == SIGBUS }
}
