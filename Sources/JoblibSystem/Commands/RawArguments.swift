/// The arguments of this process as bytes, which need not be UTF-8.
package enum RawArguments {
    /// Without the program's name.
    package static var all: [[UInt8]] {
        // Safe: the C runtime's table has `argc` texts, each ended by a zero, which nobody changes.
        (1..<max(Int(CommandLine.argc), 1)).map { place in
            guard let text = unsafe CommandLine.unsafeArgv[place] else { return [] }
            var bytes: [UInt8] = []
            var end = unsafe text
            while unsafe end.pointee != 0 {
                unsafe bytes.append(UInt8(bitPattern: end.pointee))
                unsafe end += 1
            }
            return bytes
        }
    }
}
