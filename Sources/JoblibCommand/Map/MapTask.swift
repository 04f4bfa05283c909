/// An input that is to be worked on.
struct MapTask: Sendable {
    /// The input's number, from 1, whether or not others were left out.
    var sequence: Int
    var input: MapInput
}
