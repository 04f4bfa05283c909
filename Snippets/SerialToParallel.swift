// From a serial loop to a parallel one.
import Joblib

let papers = ["a rose is a rose", "is it", "it is"]

func words(_ text: String) -> Int { text.split(separator: " ").count }
// snippet.loops
let serial = papers.map { words($0) }

// The same results, in the same order:
let parallel = try Parallel(jobs: 8).map(papers) { words($0) }
// joblib's own form:
let asJoblib = try Parallel(jobs: 8)(papers.map { delayed(words)($0) })
// On all processors:
let shorthand = try papers.parallelMap { words($0) }
// snippet.end
precondition([parallel, asJoblib, shorthand].allSatisfy { $0 == serial })
