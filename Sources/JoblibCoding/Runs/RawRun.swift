/// A collection that is written and read as one run of bytes.
protocol RawRun: SendableMetatype {
    static var runFormat: RunFormat { get }

    func withRunBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R

    /// Copies `bytes`, a whole number of elements.
    init(runBytes bytes: UnsafeRawBufferPointer)

    /// Lets `sink` take the elements; nil if it does not want them.
    func offered(to sink: any ArraySink) throws -> ArrayHandle?

    /// The elements behind `handle`.
    static func fetched(_ handle: ArrayHandle, count: Int, from source: any ArraySource) throws -> Self
}

extension RawRun {
    static func fetched(_ handle: ArrayHandle, count: Int, from source: any ArraySource) throws -> Self {
        let bytes = try source.bytes(of: handle, format: runFormat, count: count)
        // Safe: the bytes are only read, while the array holds them; its length is checked by the caller of the source.
        return unsafe bytes.withUnsafeBytes { unsafe Self(runBytes: $0) }
    }
}

extension Array: RawRun where Element: RawElement {
    static var runFormat: RunFormat { Element.format }

    func withRunBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        // Safe: a raw element has no padding, so all bytes are initialised.
        try unsafe withUnsafeBytes(body)
    }

    init(runBytes bytes: UnsafeRawBufferPointer) {
        let count = bytes.count / MemoryLayout<Element>.stride
        // Safe: exactly the bytes of `count` elements are copied into room for as many, and any bytes are such elements.
        unsafe self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
            if let start = buffer.baseAddress, let from = bytes.baseAddress {
                unsafe UnsafeMutableRawPointer(start)
                    .copyMemory(from: from, byteCount: count * MemoryLayout<Element>.stride)
            }
            initialized = count
        }
    }

    func offered(to sink: any ArraySink) throws -> ArrayHandle? { try sink.take(self) }

    static func fetched(_ handle: ArrayHandle, count: Int, from source: any ArraySource) throws -> [Element] {
        try source.array(of: Element.self, handle, count: count)
    }
}

extension ContiguousArray: RawRun where Element: RawElement {
    static var runFormat: RunFormat { Element.format }

    func withRunBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        // Safe: as for `Array`.
        try unsafe withUnsafeBytes(body)
    }

    init(runBytes bytes: UnsafeRawBufferPointer) {
        // Safe: the array's initialiser states its own reasons. Shares the array's storage.
        unsafe self.init([Element](runBytes: bytes))
    }

    func offered(to sink: any ArraySink) throws -> ArrayHandle? { try sink.take([Element](self)) }
}
