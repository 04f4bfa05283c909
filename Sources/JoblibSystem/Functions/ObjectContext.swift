/// A context that is no box but an object itself: what the compiler makes where one object is all that is captured.
enum ObjectContext {
    /// Why a function with such a context cannot travel; nil when the context is something else.
    ///
    /// - Parameter context: A heap object that lives during this call.
    static func reason(for context: UnsafeRawPointer) -> RefusedFunction.Reason? {
        // Safe: the first word of a heap object is its metadata's address, whose first word is its kind.
        guard let metadata = unsafe context.load(as: UnsafeRawPointer?.self) else { return nil }
        let kind = unsafe metadata.load(as: UInt.self)
        // A class: 0, or where Objective-C is, a pointer (swift/ABI/MetadataKind.def).
        guard kind == 0 || kind > 0x7ff else { return nil }
        // Safe: it is an object; the reference is given back at the end of this call.
        let object = unsafe Unmanaged<AnyObject>.fromOpaque(context).takeUnretainedValue()
        let type = _typeName(Swift.type(of: object), qualified: false)
        if object is AnyKeyPath { return .keyPath(type) }
        return collection(type).map { .captures([$0]) } ?? .capturesObject(type)
    }

    /// "Array<Int>" for the class in which an array keeps its elements; nil for a class of a user's.
    private static func collection(_ type: String) -> String? {
        for (storage, name) in [
            ("_ContiguousArrayStorage", "Array"), ("_DictionaryStorage", "Dictionary"), ("_SetStorage", "Set"),
        ] where type.hasPrefix(storage + "<") {
            return name + type.dropFirst(storage.count)
        }
        let empty = [
            "__EmptyArrayStorage": "Array", "__EmptyDictionarySingleton": "Dictionary", "__EmptySetSingleton": "Set",
        ]
        return empty[type]
    }
}
