internal import JoblibSystem

/// Shows the commands as a shell would have to be given them.
struct DryRun {
    private static let pieceSize = 64 << 10

    private let template: CommandTemplate
    private let inputs: InputReader
    private var finished: FinishedTasks?

    init(_ template: CommandTemplate, _ inputs: InputReader, _ finished: FinishedTasks?) {
        self.template = template
        self.inputs = inputs
        self.finished = finished
    }

    consuming func run() throws {
        var text: [UInt8] = []
        var sequence = 1
        while true {
            var next = try inputs.next()
            if case .later = next {
                // Nothing more for now: what there is is shown.
                try write(&text)
                next = try inputs.next(wait: true)
            }
            guard case .input(let input) = next else { break }
            let words = template.words(MapTask(sequence: sequence, input: input), slot: 0)
            sequence += 1
            if finished?.take(words) == true { continue }
            text += ByteText.shellLine(Array(words))
            text.append(UInt8(ascii: "\n"))
            if text.count >= Self.pieceSize { try write(&text) }
        }
        try write(&text)
    }

    private func write(_ text: inout [UInt8]) throws {
        if let error = ByteStream.output.write(text) { throw error }
        text.removeAll(keepingCapacity: true)
    }
}
