#ifndef CGLPK_H
#define CGLPK_H

#include <stdint.h>

/* One linear program, solved by GLPK from beginning to end inside one call.
 *
 * GLPK ends the process on a wrong argument or a failed assertion, and binds every object to the thread
 * that made it. So no GLPK object ever leaves cglpk_solve: it makes, loads, solves, reads and frees within
 * one C frame that guards against GLPK's abort, on the thread of its caller. Solves on several threads at
 * once are safe; a fault on one does not touch the others. */

/* A program: optimise objective·x, with row_lower <= A·x <= row_upper and column_lower <= x <= column_upper.
 * The matrix is compressed by rows; indices count from 0. A missing bound is an infinity. */
typedef struct {
    int32_t rows, columns;
    int32_t maximize;            /* not 0: maximise */
    const int64_t *row_start;    /* rows + 1 offsets into the entries */
    const int32_t *entry_column; /* column of every entry, each at most once in a row */
    const double *entry_value;
    const double *row_lower, *row_upper;
    const double *column_lower, *column_upper;
    const double *objective;
    double objective_constant;
    const uint8_t *column_integer;  /* not 0: the column is a whole number; NULL where all are continuous */
    int32_t sums;                   /* sums of integer columns that the integer search may branch on as well */
    const int64_t *sum_start;       /* sums + 1 offsets into the columns of the sums */
    const int32_t *sum_column;
    const double *known_point;      /* a solution in whole numbers to start the integer search from, or NULL */
    const uint8_t *row_status;    /* start basis, CGLPK_BASIC ..., or NULL for the basis of slacks */
    const uint8_t *column_status;
} cglpk_program;

enum { CGLPK_PRIMAL, CGLPK_DUAL };
enum { CGLPK_SCALE_AUTO, CGLPK_SCALE_NONE, CGLPK_SCALE_EQUILIBRATE };
enum { CGLPK_BASIC, CGLPK_AT_LOWER, CGLPK_AT_UPPER, CGLPK_FREE, CGLPK_FIXED };

typedef struct {
    int32_t method;          /* CGLPK_PRIMAL or CGLPK_DUAL */
    int32_t scaling;         /* CGLPK_SCALE_... */
    int32_t exact;           /* not 0: end with GLPK's simplex in rational numbers */
    double tolerance;        /* feasibility and optimality, relative as GLPK defines it */
    double seconds;          /* time limit; below 0: none */
    double gap;              /* an integer search ends at a gap of this, */
    double gap_size;         /* relative to the objective, or to this size where the objective is smaller */
    int32_t slice;           /* simplex steps between two calls of progress */
    /* Called between slices, and at every node of an integer search, with its bound; a continuous program has
     * none, an infinity. A value other than 0 stops the solve. May be NULL. */
    int32_t (*progress)(void *context, int64_t steps, double objective, int32_t feasible, double bound);
    void *context;
} cglpk_control;

enum { CGLPK_UNDEFINED, CGLPK_FEASIBLE, CGLPK_INFEASIBLE, CGLPK_NONE };

/* Arrays are the caller's, as long as the program has rows or columns. */
typedef struct {
    double *column_value, *row_dual;
    uint8_t *row_status, *column_status;
    int64_t steps;
    int32_t primal_status, dual_status; /* CGLPK_UNDEFINED ... CGLPK_NONE (proved that there is none) */
    double bound;                       /* of an integer search: no solution is better; else an infinity */
} cglpk_solution;

/* What cglpk_solve returns: why it stopped. */
enum {
    CGLPK_DONE,           /* the search ended; the statuses say with what */
    CGLPK_TIME_LIMIT,
    CGLPK_STOPPED,        /* by progress */
    CGLPK_NUMERICS,       /* the simplex gave up; another setting may do */
    CGLPK_NO_MEMORY,
    CGLPK_FAULT           /* GLPK found a fault and would have ended the process: cglpk_fault_message */
};

int32_t cglpk_solve(const cglpk_program *program, const cglpk_control *control, cglpk_solution *solution);

/* Bounds that move with one amount: every finite bound of these rows is offset + rate * amount. No row has two of
 * them, or is named twice. */
typedef struct {
    int32_t rows;
    const int32_t *row; /* counted from 0 */
    const double *offset, *rate;
} cglpk_moving;

/* Where the basis of an optimum stays optimal, and how its point moves meanwhile. */
typedef struct {
    double least, most; /* amounts; an infinity where there is no end */
    double *direction;  /* change of every column's value per unit of the amount; the caller's, as column_value */
} cglpk_range;

/* Solves a continuous program for one amount after the other, each from the basis of the one before.
 *
 * next is told how the last amount ended (CGLPK_DONE ..., below 0 at the first call) and names the next one, which may
 * be infinite: bounds of a positive rate then are none. It returns 0 to end the run. Solution and range are those of the
 * last amount; the range is the amount alone where there is no optimum. Faults end the run, as in cglpk_solve. */
int32_t cglpk_follow(const cglpk_program *program, const cglpk_moving *moving, const cglpk_control *control,
    cglpk_solution *solution, cglpk_range *range, int32_t (*next)(void *context, int32_t code, double *amount));

/* What GLPK said at the last fault of the calling thread; empty where there was none. */
const char *cglpk_fault_message(void);

/* Version of the GLPK that is linked, such as "5.0". */
const char *cglpk_version(void);

#endif
