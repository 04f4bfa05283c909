/// This process, as error messages and reports name it.
package enum CurrentProcess {
    /// The process number.
    package static var identifier: Int32 { SystemCall.processIdentifier }

    /// The machine's name; "localhost" when it has none.
    package static var hostName: String {
        guard let name = SystemCall.hostName, !name.isEmpty else { return "localhost" }
        return name
    }

    /// The file that this program was started from; nil when the system does not tell.
    package static var executablePath: String? { SystemCall.executablePath }
}
