#if Macros
internal import SwiftSyntax

/// A hash of source text as the compiler sees it: comments, line ends and indentation make no difference.
///
/// FNV-1a with 64 bits (Fowler, Noll, Vo; RFC 9923): the same on every machine, as `Hasher` is not.
struct SourceHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    init() {}

    /// 16 hexadecimal digits.
    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    mutating func add(_ node: some SyntaxProtocol) {
        for child in node.children(viewMode: .sourceAccurate) {
            if let token = child.as(TokenSyntax.self) {
                add(Self.kind(token), token.text)
            } else {
                // A line's end can end a statement, which the tokens alone do not show.
                if child.is(CodeBlockItemSyntax.self) { add(1, "") }
                add(child)
            }
        }
    }

    private mutating func add(_ kind: UInt8, _ text: String) {
        add(byte: kind)
        for byte in text.utf8 { add(byte: byte) }
        // No text holds a zero byte.
        add(byte: 0)
    }

    private mutating func add(byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// `a -b` and `a - b` differ in nothing else.
    private static func kind(_ token: TokenSyntax) -> UInt8 {
        switch token.tokenKind {
        case .binaryOperator: 2
        case .prefixOperator: 3
        case .postfixOperator: 4
        default: 5
        }
    }
}
#endif
