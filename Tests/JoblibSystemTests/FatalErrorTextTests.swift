import Testing

@testable import JoblibSystem

@Suite("What a trap printed")
struct FatalErrorTextTests {
    @Test(
        "The message is found, with the program's own place",
        arguments: [
            ("Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range\n", "Index out of range"),
            ("Book/Page.swift:12: Fatal error: no such page\n", "no such page (Book/Page.swift:12)"),
            ("Book/Page.swift:12: Fatal error", "Fatal error (Book/Page.swift:12)"),
            ("Book/Page.swift:3: Precondition failed: n > 0: 7", "n > 0: 7 (Book/Page.swift:3)"),
            ("Book/Page.swift:3: Assertion failed\n", "Assertion failed (Book/Page.swift:3)"),
            ("Fatal error: out of memory\n", "out of memory"),
            ("reading\nA/B.swift:1: Fatal error: one\nA/B.swift:2: Fatal error: two\nbye\n", "two (A/B.swift:2)"),
            ("A/B.swift:1: Fatal error: one\r\n", "one (A/B.swift:1)"),
        ]
    )
    func found(text: String, message: String) {
        #expect(FatalErrorText.message(inStandardErrorTail: text) == message)
    }

    @Test(
        "Other words are no message",
        arguments: [
            "", "\n", "Fatal errors are rare", "log: the text was: Fatal error: x", "12: Fatal error: x",
            "A/B.txt:1: Fatal error: x", "A/B.swift:: Fatal error: x", "no Fatal error",
        ]
    )
    func notFound(text: String) {
        #expect(FatalErrorText.message(inStandardErrorTail: text) == nil)
    }

    @Test("A long message is cut")
    func long() {
        let text = "Fatal error: " + String(repeating: "x", count: 100_000)
        #expect(FatalErrorText.message(inStandardErrorTail: text)?.count == 1000)
    }

    @Test("Signals have names where they are usual ends")
    func signals() {
        #expect(SignalName.name(of: 9) == "SIGKILL")
        #expect(SignalName.name(of: 11) == "SIGSEGV")
        #expect(SignalName.name(of: 99) == nil)
    }
}
