import JoblibSystem

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Ways to die, and one not to end.
enum Crashes {
    @inline(never)
    static func subscripting(_ numbers: [Int], _ index: Int) -> Int {
        numbers[index] + CommandLine.arguments.count  // here: trap
    }

    @inline(never)
    static func failing(_ text: String) -> Int {
        fatalError(text)  // here: fatal
    }

    @inline(never)
    static func unwrapping(_ number: Int?) -> Int {
        number! + CommandLine.arguments.count  // here: nil
    }

    @inline(never)
    static func reading(_ address: Int) -> Int {
        // Not safe, which is the point: nothing is mapped there.
        guard let pointer = unsafe UnsafePointer<Int>(bitPattern: address) else { return 0 }
        return unsafe pointer.pointee + CommandLine.arguments.count  // here: null
    }

    /// Faults in the C library, which keeps no frame pointers.
    @inline(never)
    static func measuring(_ address: Int) -> Int {
        // Not safe, which is the point: nothing is mapped there.
        guard let pointer = unsafe UnsafePointer<CChar>(bitPattern: address) else { return 0 }
        return unsafe Int(strlen(pointer)) + CommandLine.arguments.count  // here: c
    }

    @inline(never)
    static func aborting() -> Int {
        if CommandLine.arguments.count > 0 { abort() }  // here: abort
        return CommandLine.arguments.count
    }

    @inline(never)
    static func recursing(_ depth: Int) -> Int {
        if depth < 0 { return depth }
        let deeper = recursing(depth + 1)  // here: overflow
        return deeper &+ CommandLine.arguments.count
    }

    @inline(never)
    static func calling(_ what: String) -> Int {
        let count = CommandLine.arguments.count
        let result =
            switch what {
            case "trap": subscripting([1, 2], count + 7)
            case "fatal": failing("as the test wants it")
            case "nil": unwrapping(count > 100 ? count : nil)
            case "null": reading(count + 15)
            case "c": measuring(count)
            case "abort": aborting()
            case "overflow": recursing(count)
            case "hang": hanging()
            case "sleep": sleeping()
            default: 0
            }
        return result &+ count
    }

    @inline(never)
    static func hanging() -> Int {
        while true { Spin.pause() }  // here: hang
    }

    /// Waits in the C library.
    @inline(never)
    static func sleeping() -> Int {
        while CommandLine.arguments.count > 0 { sleep(1000) }  // here: sleep
        return 1
    }
}
