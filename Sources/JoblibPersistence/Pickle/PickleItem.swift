/// What lies on the stack of a ``PickleReader``.
///
/// Containers are places in the reader's list of nodes: Python's may be changed after they were put into another, or
/// contain themselves, and a file may nest them as deeply as it is long.
enum PickleItem {
    case none
    case bool(Bool)
    case int(Int)
    case bigInteger(BigInteger)
    case float(Double)
    case string(String)
    case bytes([UInt8])
    case global(PickleGlobal)
    case node(Int)
}

/// What a place in the reader's list holds.
enum PickleNode {
    case list([PickleItem])
    case tuple([PickleItem])
    /// Keys and values in turn.
    case dictionary([PickleItem])
    case set([PickleItem])
    case frozenSet([PickleItem])
    /// A bytearray.
    case bytes([UInt8])
    /// What needs no more looking at.
    case value(JoblibValue)
    /// The type of an array's elements, before and after its BUILD.
    case type(NumPyType)
    /// An array whose BUILD has not come yet.
    case unfinishedArray
    /// joblib's stand-in for an array, whose bytes follow its BUILD.
    case wrapper
    /// An object whose BUILD brings nothing that is wanted.
    case plain
    /// For those who only look: an array that was looked at, and what no value stands for.
    case summary(ArraySummary)
    case object(PickleObject)
}
