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

    static func exit(_ code: Int32) -> Never {
        _exit(code)
    }
}
