#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

enum Output {
    static func write(_ text: String) {
        print(text, terminator: "")
        fflush(nil)
    }

    /// Uses a text in a way that the optimiser cannot leave out.
    @inline(never)
    static func note(_ text: String) {
        if text.utf8.count > 1 << 20 { write(text) }
    }

    static func exit(_ code: Int32) -> Never {
        _exit(code)
    }
}
