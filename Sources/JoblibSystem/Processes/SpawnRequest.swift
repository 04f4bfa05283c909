/// A program to start as a child.
package struct SpawnRequest: Sendable {
    /// Where a child's standard stream leads.
    package enum Stream: Sendable {
        /// Where ours leads.
        case inherited
        /// To /dev/null.
        case null
        /// To an open file of ours.
        case descriptor(Int32)
    }

    /// A descriptor of ours that the child gets.
    package struct Inherited: Sendable {
        /// Our number.
        package var descriptor: Int32
        /// The child's number, 3 to 255.
        package var number: Int32

        package init(_ descriptor: Int32, as number: Int32) {
            self.descriptor = descriptor
            self.number = number
        }
    }

    /// The file to run. No search in `PATH`.
    package var executable: String
    /// Without the program's name.
    package var arguments: [String]
    /// All variables of the child; nil: as ours are now.
    package var environment: [String: String]?
    /// The only descriptors that the child gets beside its standard streams.
    package var inheriting: [Inherited]
    package var standardInput: Stream = .null
    package var standardOutput: Stream = .inherited
    package var standardError: Stream = .inherited
    /// A process group of its own, which Ctrl-C at the terminal does not reach.
    package var ownProcessGroup = false

    package init(
        executable: String,
        arguments: [String] = [],
        environment: [String: String]? = nil,
        inheriting: [Inherited] = []
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.inheriting = inheriting
    }

    /// This same program, started as a worker: `joblib_worker_main(socket)` runs there instead of `main`.
    ///
    /// - Parameters:
    ///   - socket: The worker's end of a ``FrameSocket``, which it gets as number 3.
    ///   - executable: Another program; nil: this one, even if its file has been replaced meanwhile.
    /// - Returns: nil when this program cannot be started again: see ``WorkerEntry/isInProgram``.
    package static func worker(socket: Int32, executable: String? = nil) -> SpawnRequest? {
        let own = WorkerEntry.isInProgram ? CurrentProcess.imagePath : nil
        guard let executable = executable ?? own else { return nil }
        var environment = Environment.all
        environment[WorkerEntry.variable] = "3:\(CurrentProcess.identifier)"
        var request = SpawnRequest(
            executable: executable,
            environment: environment,
            inheriting: [Inherited(socket, as: 3)]
        )
        request.ownProcessGroup = true
        return request
    }
}
