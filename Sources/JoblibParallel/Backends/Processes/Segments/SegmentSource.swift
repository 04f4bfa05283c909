internal import JoblibCoding
internal import JoblibSystem

/// Lets a decoder find the arrays that travelled beside a message.
final class SegmentSource: ArraySource {
    private let inbox: SegmentInbox

    init(_ inbox: SegmentInbox) {
        self.inbox = inbox
    }

    func array<Element: RawElement>(of type: Element.Type, _ handle: ArrayHandle, count: Int) throws -> [Element] {
        guard let number = Segment.number(handle.bytes) else { throw SegmentProblem.missing }
        return try inbox.array(of: number, type, count: count)
    }

    func bytes(of handle: ArrayHandle, format: RunFormat, count: Int) throws -> [UInt8] {
        guard let number = Segment.number(handle.bytes) else { throw SegmentProblem.missing }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: format.stride)
        guard !overflow else { throw SegmentProblem.wrongSize }
        return try inbox.bytes(of: number, count: bytes)
    }
}
