/// Numbers that follow one another, in the message.
struct RunHeader {
    var format: RunFormat
    var count: Int
    /// The offset of the first byte.
    var start: Int
    /// The length of all of them.
    var length: Int
}

/// Numbers that travel beside the message.
struct HandleHeader {
    var format: RunFormat
    var count: Int
    var handle: ArrayHandle
}

extension Reader {
    /// Goes past a run and says what it is.
    func run(_ position: inout Int) throws(ReadProblem) -> RunHeader {
        var next = position + 1
        let (format, count) = try shape(&next)
        let padding = Int(try byte(&next))
        let (length, overflow) = count.multipliedReportingOverflow(by: format.stride)
        guard !overflow, padding <= end - next, length <= end - next - padding else { throw .ends(at: end) }
        position = next + padding + length
        return RunHeader(format: format, count: count, start: next + padding, length: length)
    }

    /// Goes past a handle and says what is behind it.
    func handle(_ position: inout Int) throws(ReadProblem) -> HandleHeader {
        var next = position + 1
        let (format, count) = try shape(&next)
        let length = Int(try byte(&next))
        let bytes = unsafe try bytes(length, &next)
        position = next
        // Safe: the bytes are copied.
        return HandleHeader(format: format, count: count, handle: ArrayHandle(bytes: unsafe Array(bytes)))
    }

    private func shape(_ position: inout Int) throws(ReadProblem) -> (RunFormat, Int) {
        let begin = position
        guard let format = RunFormat(code: try byte(&position)) else {
            throw .malformed("an unknown type of numbers", at: begin)
        }
        guard let count = Int(exactly: try variable(&position)), count <= MessageHeader.largestBody else {
            throw .malformed("a count is too large", at: begin)
        }
        return (format, count)
    }
}
