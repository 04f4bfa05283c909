// From a serial loop to a parallel one.
import Joblib

// snippet.hide
let papers = ["a rose is a rose", "is it", "it is"]

func words(_ text: String) -> Int { text.split(separator: " ").count }
// snippet.show
let serial = papers.map { words($0) }

let parallel = try Parallel(jobs: 8).map(papers) { words($0) }  // the same results, in the same order
let asJoblib = try Parallel(jobs: 8)(papers.map { delayed(words)($0) })  // joblib's own form
let shorthand = try papers.parallelMap { words($0) }  // on all processors
// snippet.hide
precondition([parallel, asJoblib, shorthand].allSatisfy { $0 == serial })
