#include "CDenseRows.h"

// A product and a difference are rounded one after the other everywhere, or processors would differ in the last bit.
#pragma STDC FP_CONTRACT OFF

typedef double Chunk __attribute__((vector_size(64), aligned(64)));

#define ALWAYS static inline __attribute__((always_inline))

ALWAYS ptrdiff_t gatherIn(
    const double *cell, ptrdiff_t stride, ptrdiff_t rows, int32_t *touched, double *factors)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t row = 0; row < rows; row++, cell += stride) {
        touched[count] = (int32_t)row;
        factors[count] = *cell;
        // Without a branch, as no guess would be a good one.
        count += *cell != 0;
    }
    return count;
}

ALWAYS ptrdiff_t largestIn(const double *numbers, ptrdiff_t count, double least)
{
    // Lane by lane first: which one it is decides nothing until the end.
    double largest[8] = {least, least, least, least, least, least, least, least};
    for (ptrdiff_t first = 0; first < count; first += 8) {
        for (int lane = 0; lane < 8; lane++) {
            largest[lane] = numbers[first + lane] > largest[lane] ? numbers[first + lane] : largest[lane];
        }
    }
    double best = least;
    for (int lane = 0; lane < 8; lane++) best = largest[lane] > best ? largest[lane] : best;
    if (!(best > least)) return -1;
    ptrdiff_t found = 0;
    while (numbers[found] != best) found++;
    return found;
}

ALWAYS void subtractIn(double factor, const double *source, double *target, ptrdiff_t count)
{
    const Chunk *from = (const Chunk *)source;
    Chunk *to = (Chunk *)target;
    for (ptrdiff_t chunk = 0; chunk < count >> 3; chunk++) to[chunk] -= factor * from[chunk];
}

ALWAYS double steepestIn(const double *slopes, const double *factors, ptrdiff_t count)
{
    double sizes[8] = {0};
    for (ptrdiff_t first = 0; first < count; first += 8) {
        for (int lane = 0; lane < 8; lane++) {
            double size = __builtin_fabs(slopes[first + lane]);
            sizes[lane] = size > sizes[lane] ? size : sizes[lane];
        }
    }
    double least = 0;
    for (int lane = 0; lane < 8; lane++) least = sizes[lane] > least ? sizes[lane] : least;
    if (!(least > 0)) return 0;
    least *= 1e-13;
    double products[8] = {0};
    for (ptrdiff_t first = 0; first < count; first += 8) {
        for (int lane = 0; lane < 8; lane++) {
            double size = __builtin_fabs(slopes[first + lane]);
            // Taken of all of them, so that lanes go together; what is no number is not chosen.
            double product = size * factors[first + lane];
            product = size > least ? product : 0;
            products[lane] = product > products[lane] ? product : products[lane];
        }
    }
    double largest = 0;
    for (int lane = 0; lane < 8; lane++) largest = products[lane] > largest ? products[lane] : largest;
    return largest;
}

ALWAYS void pivotIn(
    double *cells, ptrdiff_t stride, ptrdiff_t row, ptrdiff_t column, double inverse, const int32_t *touched,
    const double *factors, ptrdiff_t count, double *profit)
{
    double *source = cells + row * stride;
    Chunk *chunks = (Chunk *)source;
    for (ptrdiff_t chunk = 0; chunk < stride >> 3; chunk++) chunks[chunk] *= inverse;
    source[column] = inverse;
    double gain = profit[column];
    ptrdiff_t own = 0;
    while (touched[own] != row) own++;
    for (ptrdiff_t chunk = 0; chunk < stride >> 3; chunk++) {
        Chunk from = chunks[chunk];
        // Early rows have few cells.
        if (!__builtin_reduce_or(from != 0)) continue;
        Chunk *to = (Chunk *)cells + chunk;
        for (ptrdiff_t entry = 0; entry < own; entry++) to[touched[entry] * (stride >> 3)] -= factors[entry] * from;
        for (ptrdiff_t entry = own + 1; entry < count; entry++) {
            to[touched[entry] * (stride >> 3)] -= factors[entry] * from;
        }
        ((Chunk *)profit)[chunk] -= gain * from;
    }
    // The pivot's column comes last: a cell written just before the chunk that it is in is read would be waited for.
    for (ptrdiff_t entry = 0; entry < count; entry++) {
        if (entry != own) cells[touched[entry] * stride + column] = 0 - factors[entry] * inverse;
    }
    profit[column] = 0 - gain * inverse;
}

ALWAYS void ratiosIn(
    const double *factors, const int32_t *touched, ptrdiff_t count, const double *values, const double *uppers,
    double *ratios)
{
    for (ptrdiff_t entry = 0; entry < count; entry++) {
        double value = values[touched[entry]];
        double below = value - uppers[touched[entry]];
        below = below < 0 ? below : 0;
        ratios[entry] = (factors[entry] > 0 ? value : below) / factors[entry];
    }
}

#define KERNEL(name, attributes)                                                                                 \
    attributes static ptrdiff_t gather_##name(                                                                   \
        const double *column, ptrdiff_t stride, ptrdiff_t rows, int32_t *touched, double *factors)               \
    {                                                                                                            \
        return gatherIn(column, stride, rows, touched, factors);                                                 \
    }                                                                                                            \
    attributes static ptrdiff_t largest_##name(const double *numbers, ptrdiff_t count, double least)             \
    {                                                                                                            \
        return largestIn(numbers, count, least);                                                                 \
    }                                                                                                            \
    attributes static void pivot_##name(                                                                         \
        double *cells, ptrdiff_t stride, ptrdiff_t row, ptrdiff_t column, double inverse,                        \
        const int32_t *touched, const double *factors, ptrdiff_t count, double *profit)                          \
    {                                                                                                            \
        pivotIn(cells, stride, row, column, inverse, touched, factors, count, profit);                           \
    }                                                                                                            \
    attributes static void subtract_##name(                                                                      \
        double factor, const double *source, double *target, ptrdiff_t count)                                    \
    {                                                                                                            \
        subtractIn(factor, source, target, count);                                                               \
    }                                                                                                            \
    attributes static double steepest_##name(const double *slopes, const double *factors, ptrdiff_t count)        \
    {                                                                                                            \
        return steepestIn(slopes, factors, count);                                                               \
    }                                                                                                            \
    attributes static void ratios_##name(                                                                        \
        const double *factors, const int32_t *touched, ptrdiff_t count, const double *values,                    \
        const double *uppers, double *ratios)                                                                    \
    {                                                                                                            \
        ratiosIn(factors, touched, count, values, uppers, ratios);                                               \
    }                                                                                                            \
    static const CDenseRowsKernel name = {                                                                       \
        gather_##name, largest_##name, pivot_##name, subtract_##name, ratios_##name, steepest_##name};

KERNEL(plain, )

#if defined(__x86_64__)
KERNEL(avx2, __attribute__((target("avx2"))))
KERNEL(avx512, __attribute__((target("avx512f,avx512dq,avx512vl"))))

static int isSupported(ptrdiff_t index)
{
    __builtin_cpu_init();
    switch (index) {
        case 0: return 1;
        case 1: return __builtin_cpu_supports("avx2") != 0;
        default:
            return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
                && __builtin_cpu_supports("avx512vl");
    }
}

const CDenseRowsKernel *CDenseRowsAt(ptrdiff_t index)
{
    static const CDenseRowsKernel *const all[] = {&plain, &avx2, &avx512};
    return index >= 0 && index < 3 && isSupported(index) ? all[index] : 0;
}
#else
const CDenseRowsKernel *CDenseRowsAt(ptrdiff_t index) { return index == 0 ? &plain : 0; }
#endif

const CDenseRowsKernel *CDenseRowsFastest(void)
{
    for (ptrdiff_t index = 2; index > 0; index--) {
        const CDenseRowsKernel *kernel = CDenseRowsAt(index);
        if (kernel) return kernel;
    }
    return CDenseRowsAt(0);
}
