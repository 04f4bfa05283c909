/// What a file may ask of the machine that reads it.
struct PickleLimits {
    /// Values inside values: at most so many levels, as in the coders of this package.
    var depth = 512

    /// A key of a dictionary and an element of a set are compared and hashed as a whole: at most so many values in one.
    var keySize = 10_000

    /// Dimensions of an array; NumPy's own limit.
    var dimensions = 64
}
