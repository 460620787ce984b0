#include "CGLPK.h"

#if defined(__has_include)
#if !__has_include(<glpk.h>)
#error "GLPK is missing. Debian, Ubuntu: apt-get install libglpk-dev. macOS: brew install glpk."
#endif
#endif

#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What a solve holds. It lives on the heap and is reached over a pointer that does not change, so that
 * its content is certain after a longjmp. */
typedef struct job {
    const cglpk_program *program;
    const cglpk_control *control;
    cglpk_solution *solution;
    /* Of a run over many amounts; the others have none of it. */
    const cglpk_moving *moving;
    cglpk_range *range;
    int32_t (*next)(void *context, int32_t code, double *amount);
    double *work, *row_rate; /* from 1, a number a row */
    glp_prob *problem;
    int *entry_row, *entry_column; /* from 1, as GLPK reads them; element 0 unused */
    double *entry_value;
    double start;
    int is_close; /* the integer search has reached the gap that was asked for */
} job;

static _Thread_local jmp_buf escape;
static _Thread_local char fault[512];
static _Thread_local int busy; /* a solve of this thread is under way: GLPK's environment is its */
static _Thread_local char said[2][240]; /* GLPK's last two lines: the fault and where it was found */

static void leave(void *info) {
    (void)info;
    longjmp(escape, 1);
}

static int listen(void *info, const char *text) {
    (void)info;
    memcpy(said[0], said[1], sizeof said[0]);
    snprintf(said[1], sizeof said[1], "%s", text);
    return 1; /* nothing reaches the terminal */
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int bound_kind(double lower, double upper) {
    if (isinf(lower)) return isinf(upper) ? GLP_FR : GLP_UP;
    if (isinf(upper)) return GLP_LO;
    return lower == upper ? GLP_FX : GLP_DB; /* GLPK refuses GLP_DB with equal bounds */
}

static int load_matrix(job *job) {
    const cglpk_program *program = job->program;
    int64_t entries = program->rows > 0 ? program->row_start[program->rows] : 0;
    if (entries >= INT_MAX) return CGLPK_NO_MEMORY;
    if (entries == 0 || program->columns == 0) return CGLPK_DONE;
    job->entry_row = malloc((size_t)(entries + 1) * sizeof(int));
    job->entry_column = malloc((size_t)(entries + 1) * sizeof(int));
    job->entry_value = malloc((size_t)(entries + 1) * sizeof(double));
    if (!job->entry_row || !job->entry_column || !job->entry_value) return CGLPK_NO_MEMORY;
    for (int32_t row = 0; row < program->rows; row++) {
        for (int64_t entry = program->row_start[row]; entry < program->row_start[row + 1]; entry++) {
            job->entry_row[entry + 1] = row + 1;
            job->entry_column[entry + 1] = program->entry_column[entry] + 1;
            job->entry_value[entry + 1] = program->entry_value[entry];
        }
    }
    glp_load_matrix(job->problem, (int)entries, job->entry_row, job->entry_column, job->entry_value);
    return CGLPK_DONE;
}

/* Every sum of integer columns as a column of its own, integer as well: `sum = column + column + ...`. They stand
 * behind the program's own rows and columns, which are all that is read. */
static int add_sums(job *job) {
    const cglpk_program *program = job->program;
    if (!program->column_integer || program->sums == 0) return CGLPK_DONE;
    int64_t longest = 0;
    for (int32_t sum = 0; sum < program->sums; sum++) {
        int64_t length = program->sum_start[sum + 1] - program->sum_start[sum];
        if (length > longest) longest = length;
    }
    /* The matrix is in GLPK by now, so that its arrays are free for the rows. */
    free(job->entry_column);
    free(job->entry_value);
    job->entry_column = malloc((size_t)(longest + 2) * sizeof(int));
    job->entry_value = malloc((size_t)(longest + 2) * sizeof(double));
    if (!job->entry_column || !job->entry_value) return CGLPK_NO_MEMORY;
    for (int32_t sum = 0; sum < program->sums; sum++) {
        int length = 0, row = glp_add_rows(job->problem, 1), column = glp_add_cols(job->problem, 1);
        double lower = 0, upper = 0;
        for (int64_t entry = program->sum_start[sum]; entry < program->sum_start[sum + 1]; entry++) {
            job->entry_column[++length] = program->sum_column[entry] + 1;
            job->entry_value[length] = 1;
            lower += program->column_lower[program->sum_column[entry]];
            upper += program->column_upper[program->sum_column[entry]];
        }
        job->entry_column[++length] = column;
        job->entry_value[length] = -1;
        glp_set_row_bnds(job->problem, row, GLP_FX, 0, 0);
        glp_set_col_bnds(job->problem, column, bound_kind(lower, upper), lower, upper);
        glp_set_col_kind(job->problem, column, GLP_IV);
        glp_set_mat_row(job->problem, row, length, job->entry_column, job->entry_value);
    }
    return CGLPK_DONE;
}

static int load(job *job) {
    const cglpk_program *program = job->program;
    glp_prob *problem = job->problem;
    glp_set_obj_dir(problem, program->maximize ? GLP_MAX : GLP_MIN);
    if (program->rows > 0) glp_add_rows(problem, program->rows);
    if (program->columns > 0) glp_add_cols(problem, program->columns);
    for (int32_t row = 0; row < program->rows; row++) {
        double lower = program->row_lower[row], upper = program->row_upper[row];
        glp_set_row_bnds(problem, row + 1, bound_kind(lower, upper), lower, upper);
    }
    for (int32_t column = 0; column < program->columns; column++) {
        double lower = program->column_lower[column], upper = program->column_upper[column];
        glp_set_col_bnds(problem, column + 1, bound_kind(lower, upper), lower, upper);
        glp_set_obj_coef(problem, column + 1, program->objective[column]);
        if (program->column_integer && program->column_integer[column])
            glp_set_col_kind(problem, column + 1, GLP_IV);
    }
    glp_set_obj_coef(problem, 0, program->objective_constant);
    int code = load_matrix(job);
    return code == CGLPK_DONE ? add_sums(job) : code;
}

static const int glpk_status[] = {GLP_BS, GLP_NL, GLP_NU, GLP_NF, GLP_NS};

static uint8_t own_status(int status) {
    for (uint8_t own = CGLPK_BASIC; own < CGLPK_FIXED; own++)
        if (glpk_status[own] == status) return own;
    return CGLPK_FIXED;
}

static int in_range(uint8_t status) { return status <= CGLPK_FIXED ? status : CGLPK_AT_LOWER; }

static void set_basis(job *job) {
    const cglpk_program *program = job->program;
    if (!program->row_status || !program->column_status) return;
    for (int32_t row = 0; row < program->rows; row++)
        glp_set_row_stat(job->problem, row + 1, glpk_status[in_range(program->row_status[row])]);
    for (int32_t column = 0; column < program->columns; column++)
        glp_set_col_stat(job->problem, column + 1, glpk_status[in_range(program->column_status[column])]);
    /* The sums are basic, so that the point is the one of the program's own basis. */
    for (int row = program->rows + 1; row <= glp_get_num_rows(job->problem); row++)
        glp_set_row_stat(job->problem, row, GLP_NS);
    for (int column = program->columns + 1; column <= glp_get_num_cols(job->problem); column++)
        glp_set_col_stat(job->problem, column, GLP_BS);
}

static void scale(job *job) {
    switch (job->control->scaling) {
    case CGLPK_SCALE_NONE: return;
    case CGLPK_SCALE_EQUILIBRATE: glp_scale_prob(job->problem, GLP_SF_EQ | GLP_SF_2N); return;
    default: glp_scale_prob(job->problem, GLP_SF_AUTO);
    }
}

/* Milliseconds that are left, as GLPK counts them. */
static int time_left(const job *job) {
    if (job->control->seconds < 0) return INT_MAX;
    double left = 1000 * (job->control->seconds - (now() - job->start));
    return left <= 0 ? 0 : left >= INT_MAX ? INT_MAX : (int)ceil(left);
}

static int asked_to_stop(const job *job) {
    const cglpk_control *control = job->control;
    if (!control->progress) return 0;
    int feasible = glp_get_prim_stat(job->problem) == GLP_FEAS;
    return control->progress(
        control->context, glp_get_it_cnt(job->problem), glp_get_obj_val(job->problem), feasible, INFINITY);
}

/* GLPK's simplex has no callback: progress and cancellation come in slices of a fixed number of steps, each
 * going on from the basis that the one before reached. Steps, not seconds: the path must not depend on the
 * speed of the machine. */
static int run_simplex(job *job) {
    const cglpk_control *control = job->control;
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.meth = control->method == CGLPK_DUAL ? GLP_DUALP : GLP_PRIMAL;
    parameters.r_test = control->method == CGLPK_DUAL ? GLP_RT_FLIP : GLP_RT_HAR;
    parameters.tol_bnd = parameters.tol_dj = control->tolerance;
    /* GLPK knows no rule against cycling: far more steps than any program of the size needs are a cycle. */
    long size = (long)glp_get_num_rows(job->problem) + glp_get_num_cols(job->problem);
    long most = glp_get_it_cnt(job->problem) + 20000 + 30 * size;
    for (;;) {
        parameters.it_lim = control->slice > 0 ? control->slice : INT_MAX;
        parameters.tm_lim = time_left(job);
        if (parameters.tm_lim == 0) return CGLPK_TIME_LIMIT;
        int code = glp_simplex(job->problem, &parameters);
        if (code == 0) return CGLPK_DONE;
        if (code == GLP_ETMLIM) return CGLPK_TIME_LIMIT;
        if (code != GLP_EITLIM) return CGLPK_NUMERICS;
        if (glp_get_it_cnt(job->problem) > most) return CGLPK_NUMERICS;
        if (asked_to_stop(job)) return CGLPK_STOPPED;
    }
}

static int run_exact(job *job) {
    /* glp_exact refuses a program without rows or columns, and there is nothing to round in it. */
    if (job->program->rows == 0 || job->program->columns == 0) return CGLPK_DONE;
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.tm_lim = time_left(job);
    if (parameters.tm_lim == 0) return CGLPK_TIME_LIMIT;
    int code = glp_exact(job->problem, &parameters);
    return code == 0 ? CGLPK_DONE : code == GLP_ETMLIM ? CGLPK_TIME_LIMIT : CGLPK_NUMERICS;
}

/* Hands the solution that is known to the search. GLPK does not check it: its rows are the caller's word. */
static void offer_known_point(glp_tree *tree, const job *job) {
    int columns = glp_get_num_cols(job->problem);
    double *point = malloc((size_t)(columns + 1) * sizeof(double));
    if (!point) return; /* the search finds its own */
    const cglpk_program *program = job->program;
    for (int32_t column = 0; column < program->columns; column++) {
        double value = program->known_point[column];
        point[column + 1] = program->column_integer[column] ? round(value) : value;
    }
    for (int32_t sum = 0; sum < program->sums; sum++) {
        double total = 0;
        for (int64_t entry = program->sum_start[sum]; entry < program->sum_start[sum + 1]; entry++)
            total += point[program->sum_column[entry] + 1];
        point[program->columns + 1 + sum] = total;
    }
    glp_ios_heur_sol(tree, point);
    free(point);
}

/* GLPK's own gap is relative to the objective alone, which may be next to nothing. */
static int is_close(const job *job) {
    if (glp_mip_status(job->problem) != GLP_FEAS) return 0;
    double value = glp_mip_obj_val(job->problem), size = fmax(fabs(value), job->control->gap_size);
    return fabs(job->solution->bound - value) <= job->control->gap * size;
}

/* Keeps the bound of the search tree, and stops it when asked. Called by GLPK inside the integer search. */
static void watch(glp_tree *tree, void *info) {
    job *job = info;
    int node = glp_ios_best_node(tree);
    if (node != 0) job->solution->bound = glp_ios_node_bound(tree, node);
    if (glp_ios_reason(tree) == GLP_IHEUR && glp_ios_curr_node(tree) == 1 && job->program->known_point)
        offer_known_point(tree, job);
    job->is_close = is_close(job);
    const cglpk_control *control = job->control;
    int feasible = glp_mip_status(job->problem) == GLP_FEAS;
    double value = feasible ? glp_mip_obj_val(job->problem) : job->solution->bound;
    if (job->is_close
        || (control->progress
            && control->progress(control->context, glp_get_it_cnt(job->problem), value, feasible,
                job->solution->bound)))
        glp_ios_terminate(tree);
}

/* Branch and cut from the relaxation's optimum, with GLPK's cuts and heuristics. */
static int run_integer(job *job) {
    glp_iocp parameters;
    glp_init_iocp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.cb_func = watch;
    parameters.cb_info = job;
    parameters.tm_lim = time_left(job);
    job->solution->bound = glp_get_obj_val(job->problem);
    if (parameters.tm_lim == 0) return CGLPK_TIME_LIMIT;
    parameters.fp_heur = GLP_ON;
    parameters.gmi_cuts = GLP_ON;
    parameters.mir_cuts = GLP_ON;
    parameters.cov_cuts = GLP_ON;
    int code = glp_intopt(job->problem, &parameters);
    if (code == 0 && glp_mip_status(job->problem) == GLP_OPT) job->solution->bound = glp_mip_obj_val(job->problem);
    switch (code) {
    case 0: return CGLPK_DONE;
    case GLP_ETMLIM: return CGLPK_TIME_LIMIT;
    case GLP_ESTOP: return job->is_close ? CGLPK_DONE : CGLPK_STOPPED;
    default: return CGLPK_NUMERICS;
    }
}

static int32_t own_point_status(int status) {
    switch (status) {
    case GLP_FEAS: return CGLPK_FEASIBLE;
    case GLP_INFEAS: return CGLPK_INFEASIBLE;
    case GLP_NOFEAS: return CGLPK_NONE;
    default: return CGLPK_UNDEFINED;
    }
}

static void read_solution(job *job) {
    const cglpk_program *program = job->program;
    cglpk_solution *solution = job->solution;
    for (int32_t row = 0; row < program->rows; row++) {
        solution->row_dual[row] = glp_get_row_dual(job->problem, row + 1);
        solution->row_status[row] = own_status(glp_get_row_stat(job->problem, row + 1));
    }
    for (int32_t column = 0; column < program->columns; column++) {
        solution->column_value[column] = glp_get_col_prim(job->problem, column + 1);
        solution->column_status[column] = own_status(glp_get_col_stat(job->problem, column + 1));
    }
    solution->steps = glp_get_it_cnt(job->problem);
    solution->primal_status = own_point_status(glp_get_prim_stat(job->problem));
    solution->dual_status = own_point_status(glp_get_dual_stat(job->problem));
}

static void read_integer(job *job) {
    cglpk_solution *solution = job->solution;
    int status = glp_mip_status(job->problem);
    solution->steps = glp_get_it_cnt(job->problem);
    solution->primal_status = status == GLP_OPT || status == GLP_FEAS ? CGLPK_FEASIBLE
                              : status == GLP_NOFEAS                  ? CGLPK_NONE
                                                                      : CGLPK_UNDEFINED;
    if (solution->primal_status != CGLPK_FEASIBLE) return;
    for (int32_t column = 0; column < job->program->columns; column++)
        solution->column_value[column] = glp_mip_col_val(job->problem, column + 1);
}

/* Everything between making the problem and reading it; runs under guarded. */
static int run(job *job) {
    job->problem = glp_create_prob();
    int code = load(job);
    if (code != CGLPK_DONE) return code;
    if (time_left(job) == 0) return CGLPK_TIME_LIMIT;
    scale(job);
    set_basis(job);
    code = run_simplex(job);
    if (code == CGLPK_NUMERICS) {
        /* The start basis may be singular: once more from the slacks. */
        glp_std_basis(job->problem);
        code = run_simplex(job);
    }
    if (code == CGLPK_DONE && job->control->exact) code = run_exact(job);
    read_solution(job);
    int relaxed = code == CGLPK_DONE && glp_get_status(job->problem) == GLP_OPT;
    if (!job->program->column_integer) return code;
    /* Without an optimum of the relaxation there is no search, and its point is no solution. */
    if (relaxed) code = run_integer(job);
    else if (job->solution->primal_status == CGLPK_FEASIBLE) job->solution->primal_status = CGLPK_UNDEFINED;
    if (relaxed) read_integer(job);
    return code;
}

static void free_job(job *job) {
    free(job->entry_row);
    free(job->entry_column);
    free(job->entry_value);
    free(job->work);
    free(job->row_rate);
    free(job);
}

static void set_amount(job *job, double amount) {
    const cglpk_moving *moving = job->moving;
    for (int32_t place = 0; place < moving->rows; place++) {
        int32_t row = moving->row[place];
        double rate = moving->rate[place];
        double bound = moving->offset[place] + (rate == 0 ? 0 : rate * amount);
        double lower = isinf(job->program->row_lower[row]) ? -INFINITY : bound;
        double upper = isinf(job->program->row_upper[row]) ? INFINITY : bound;
        glp_set_row_bnds(job->problem, row + 1, bound_kind(lower, upper), lower, upper);
    }
}

/* The change of a basic variable's bounds per unit of the amount. */
static double rate_of(const job *job, int variable) {
    return variable <= glp_get_num_rows(job->problem) ? job->row_rate[variable] : 0;
}

/* The smaller of two steps; one that rounding has made negative counts as none. */
static double shorter(double step, double other) { return fmin(step, fmax(other, 0)); }

/* How far the amount can go down and up until a basic variable meets a bound. In the program's scale all numbers are
 * near 1: a slower change than this is rounding. */
static void find_steps(job *job, double *down, double *up) {
    const double rounding = 1e-9;
    int rows = glp_get_num_rows(job->problem);
    for (int place = 1; place <= rows; place++) {
        int variable = glp_get_bhead(job->problem, place), column = variable - rows;
        int is_row = variable <= rows;
        double value = is_row ? glp_get_row_prim(job->problem, variable) : glp_get_col_prim(job->problem, column);
        int kind = is_row ? glp_get_row_type(job->problem, variable) : glp_get_col_type(job->problem, column);
        double change = job->work[place] - rate_of(job, variable);
        if (fabs(change) <= rounding) continue;
        if (kind == GLP_LO || kind == GLP_DB || kind == GLP_FX) {
            double lower = is_row ? glp_get_row_lb(job->problem, variable) : glp_get_col_lb(job->problem, column);
            double step = (value - lower) / fabs(change);
            if (change < 0) *up = shorter(*up, step);
            else *down = shorter(*down, step);
        }
        if (kind == GLP_UP || kind == GLP_DB || kind == GLP_FX) {
            double upper = is_row ? glp_get_row_ub(job->problem, variable) : glp_get_col_ub(job->problem, column);
            double step = (upper - value) / fabs(change);
            if (change > 0) *up = shorter(*up, step);
            else *down = shorter(*down, step);
        }
    }
}

/* Moves the nonbasic rows' bounds by one unit of the amount: B x_B = -N x_N, and the columns of N are unit vectors.
 * (V. Chvatal, Linear Programming (1983), chapter 10; glp_ftran is told and tells in the program's own scale.) */
static void find_range(job *job, double amount) {
    cglpk_range *range = job->range;
    int rows = glp_get_num_rows(job->problem);
    memset(range->direction, 0, (size_t)job->program->columns * sizeof(double));
    if (isinf(amount)) return;
    if (rows > 0 && !glp_bf_exists(job->problem) && glp_factorize(job->problem) != 0) return;
    memset(job->work, 0, (size_t)(rows + 1) * sizeof(double));
    for (int32_t place = 0; place < job->moving->rows; place++) {
        int row = job->moving->row[place] + 1;
        if (glp_get_row_stat(job->problem, row) != GLP_BS) job->work[row] = -job->moving->rate[place];
    }
    glp_ftran(job->problem, job->work);
    double down = INFINITY, up = INFINITY;
    find_steps(job, &down, &up);
    range->least = amount - down;
    range->most = amount + up;
    for (int place = 1; place <= rows; place++) {
        int variable = glp_get_bhead(job->problem, place);
        if (variable > rows) range->direction[variable - rows - 1] = job->work[place];
    }
}

/* Everything of a run over many amounts; runs under guarded as well. */
static int run_follow(job *job) {
    job->problem = glp_create_prob();
    int code = load(job);
    if (code != CGLPK_DONE) return code;
    job->work = malloc((size_t)(job->program->rows + 1) * sizeof(double));
    job->row_rate = calloc((size_t)job->program->rows + 1, sizeof(double));
    if (!job->work || !job->row_rate) return CGLPK_NO_MEMORY;
    for (int32_t place = 0; place < job->moving->rows; place++)
        job->row_rate[job->moving->row[place] + 1] = job->moving->rate[place];
    scale(job);
    set_basis(job);
    double amount = 0;
    for (int told = -1; job->next(job->control->context, told, &amount); told = code) {
        set_amount(job, amount);
        job->range->least = job->range->most = amount;
        code = run_simplex(job);
        if (code == CGLPK_NUMERICS) {
            glp_std_basis(job->problem);
            code = run_simplex(job);
        }
        read_solution(job);
        if (code == CGLPK_DONE && glp_get_status(job->problem) == GLP_OPT) find_range(job, amount);
    }
    return CGLPK_DONE;
}

/* Runs a job from beginning to end, on this thread, with GLPK's abort turned into a code. */
static int32_t guarded(job *const job, int (*run)(struct job *)) {
    if (busy) {
        snprintf(fault, sizeof fault, "a solve was asked for from inside a solve of the same thread");
        free_job(job);
        return CGLPK_FAULT;
    }
    job->start = now();
    fault[0] = said[0][0] = said[1][0] = 0;
    busy = 1;

    if (setjmp(escape)) {
        busy = 0;
        snprintf(fault, sizeof fault, "%s%s", said[0], said[1]);
        glp_free_env(); /* the problem is freed with it */
        free_job(job);
        return CGLPK_FAULT;
    }
    glp_init_env();
    glp_error_hook(leave, NULL);
    glp_term_hook(listen, NULL);
    int code = run(job);
    glp_free_env(); /* GLPK's memory is the thread's, and the thread may never come back */
    busy = 0;
    free_job(job);
    return code;
}

static job *new_job(const cglpk_program *program, const cglpk_control *control, cglpk_solution *solution) {
    job *job = calloc(1, sizeof *job);
    if (!job) return NULL;
    job->program = program;
    job->control = control;
    job->solution = solution;
    solution->bound = program->maximize ? INFINITY : -INFINITY;
    return job;
}

int32_t cglpk_solve(const cglpk_program *program, const cglpk_control *control, cglpk_solution *solution) {
    job *job = new_job(program, control, solution);
    return job ? guarded(job, run) : CGLPK_NO_MEMORY;
}

int32_t cglpk_follow(const cglpk_program *program, const cglpk_moving *moving, const cglpk_control *control,
    cglpk_solution *solution, cglpk_range *range, int32_t (*next)(void *context, int32_t code, double *amount)) {
    job *job = new_job(program, control, solution);
    if (!job) return CGLPK_NO_MEMORY;
    job->moving = moving;
    job->range = range;
    job->next = next;
    return guarded(job, run_follow);
}

const char *cglpk_fault_message(void) { return fault; }

const char *cglpk_version(void) { return glp_version(); }
