#ifndef CDENSEROWS_H
#define CDENSEROWS_H

#include <stddef.h>
#include <stdint.h>

// The steps of a simplex on a small dense tableau that take its time, each made for the widest vectors that the processor
// has. All of them give the same results to the last bit: they differ in how many cells they take at once, not in
// how a cell is computed.
//
// Rows begin at multiples of 64 bytes, `stride` cells from each other, a multiple of 8.
typedef struct CDenseRowsKernel {
    // Lists the cells of a column that are not 0: their rows in `touched`, their values in `factors`. Both have room for
    // `rows` entries and for one more. Returns how many there are.
    ptrdiff_t (*gather)(const double *column, ptrdiff_t stride, ptrdiff_t rows, int32_t *touched, double *factors);
    // The place of the first of the largest numbers, where it is above `least`; -1 where none is. `count` is a multiple
    // of 8.
    ptrdiff_t (*largest)(const double *numbers, ptrdiff_t count, double least);
    // Multiplies a row by `inverse` and takes `factors[i]` times it from every other row in `touched`, and `gain` times it
    // from `profit`. Of the pivot's column the cell of the row is taken as 1, the others and `profit` as 0.
    void (*pivot)(
        double *cells, ptrdiff_t stride, ptrdiff_t row, ptrdiff_t column, double inverse, const int32_t *touched,
        const double *factors, ptrdiff_t count, double *profit);
    // Takes `factor` times a row from another one of `count` cells, a multiple of 8.
    void (*subtract)(double factor, const double *source, double *target, ptrdiff_t count);
    // Of every entry of a column how far it can be raised until the basic variable of its row, which is at `values`, is at
    // 0 or at `uppers`.
    void (*ratios)(
        const double *factors, const int32_t *touched, ptrdiff_t count, const double *values,
        const double *uppers, double *ratios);
    // The largest `|slopes[i]| * factors[i]`, 0 without any. Slopes below 1e-13 of the largest do not count: they are what
    // rounding left of 0, and factors may be infinite. `count` is a multiple of 8.
    double (*steepest)(const double *slopes, const double *factors, ptrdiff_t count);
} CDenseRowsKernel;

// The one for this processor; always the same.
const CDenseRowsKernel *CDenseRowsFastest(void);

// For tests: all that this processor can run, the plainest first; NULL from `index` = their number on.
const CDenseRowsKernel *CDenseRowsAt(ptrdiff_t index);

#endif
