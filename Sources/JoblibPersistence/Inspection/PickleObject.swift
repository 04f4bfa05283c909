/// An object of Python's in a pickle, described by what the file says of it: nothing is made, and no code is run.
///
/// A class, because a pickle goes on adding to an object after it was put into others.
final class PickleObject {
    /// The class, or the function that makes it: `sklearn.svm._classes.SVC`.
    let name: String
    let arguments: [PickleItem]
    /// What its `__setstate__` would be given; nil if nothing.
    var state: PickleItem?
    /// Of one that is a list or a set as well.
    var elements: [PickleItem] = []
    /// Of one that is a dictionary as well: keys and values in turn.
    var entries: [PickleItem] = []
    /// What all of this comes to for those who look at it, once the whole file was read.
    var parts: [(InspectedStep, PickleItem)]?

    init(_ name: String, _ arguments: [PickleItem] = []) {
        self.name = name
        self.arguments = arguments
    }
}
