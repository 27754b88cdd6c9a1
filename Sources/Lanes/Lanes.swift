/// Eight double-precision numbers that are computed together: eight runs, or eight samples.
///
/// The width is fixed whatever the processor, so that sums are taken in the same order, and give
/// the same bits, everywhere.
package typealias Lanes = SIMD8<Double>
