# The plan in MathProg, GLPK's modelling language. The data section is written from the plan folder; the rules are those
# of the made-up plans.

param T, integer, >= 1;
param allocation, symbolic;
set YEARS := 1..T;
set REGIONS;
set TECHNOLOGIES;
set STEPS;

param discount_rate;
param max_utilization;
param total_budget;
param yearly_budget;
param retention;
param remote_floor;
param metro_cap;
param metro_capacity;
param promotion_cap;
param remote_coverage;
param rural_service;

param build_cost{TECHNOLOGIES};
param operating_cost{TECHNOLOGIES};
param lifetime{TECHNOLOGIES};
param lead_time{TECHNOLOGIES};
param share{STEPS};
param step_cost_factor{STEPS};

param zone{REGIONS}, symbolic;
param users{REGIONS};
param capacity{REGIONS};
param idle_capacity{REGIONS};
param demand_growth{REGIONS};
param use_growth{REGIONS};
param retirement{REGIONS};
param potential_users{REGIONS};
param revenue_per_user{REGIONS};
param cost_factor{REGIONS};
param base_operating_cost{REGIONS};
param adoption_cost{REGIONS};
param yearly_build_limit{REGIONS}, default -1;
param commerce_revenue_per_user{REGIONS};
param credit_users{REGIONS};
param credit_cost{REGIONS};
param credit_reliability{REGIONS};
param credit_solvency{REGIONS};

param discount{t in YEARS} := (1 + discount_rate) ^ (-t);
param demand{r in REGIONS, t in YEARS} :=
    (capacity[r] - idle_capacity[r]) / users[r] * (1 + use_growth[r]) ^ t;
param base_capacity{r in REGIONS, t in YEARS} := capacity[r] * (1 - retirement[r]) ^ t;
param ratio{r in REGIONS} :=
    (potential_users[r] / (users[r] * (1 + demand_growth[r])) - 1) / (potential_users[r] / users[r] - 1);
param organic{r in REGIONS, t in YEARS} :=
    if demand_growth[r] > 0 and users[r] * (1 + demand_growth[r]) < potential_users[r]
    then potential_users[r] / (1 + (potential_users[r] / users[r] - 1) * ratio[r] ^ t)
    else min(potential_users[r], users[r] * (1 + demand_growth[r]) ^ t);
# Of the five indicators of credit, two are given and three are 1.
param commerce_revenue{r in REGIONS} :=
    (credit_reliability[r] + credit_solvency[r] + 3) / 5 * commerce_revenue_per_user[r];
# What is left at the horizon of money paid for capacity in a year.
param residual{k in TECHNOLOGIES, t in YEARS} :=
    max(0, 1 - (T - t - lead_time[k] + 1) / lifetime[k]) * discount[T];
param running{k in TECHNOLOGIES, t in YEARS} :=
    operating_cost[k] * sum{y in YEARS: t + lead_time[k] <= y and y < t + lead_time[k] + lifetime[k]} discount[y];

set BUILDABLE := setof{k in TECHNOLOGIES, t in YEARS: t + lead_time[k] <= T} (k, t);

var build{REGIONS, BUILDABLE} >= 0;
var adoption{REGIONS, STEPS, YEARS} >= 0;
var enrol{REGIONS, YEARS} >= 0;
var served{r in REGIONS, YEARS} >= 0, <= potential_users[r];
var trading{REGIONS, YEARS} >= 0;

# Less the cost of keeping base capacity running, which is the same in every plan.
maximize net_present_value:
    sum{r in REGIONS, t in YEARS} discount[t]
        * (revenue_per_user[r] * served[r,t] + commerce_revenue[r] * trading[r,t] - credit_cost[r] * enrol[r,t])
    - sum{r in REGIONS, s in STEPS, t in YEARS}
        discount[t] * adoption_cost[r] * step_cost_factor[s] * adoption[r,s,t]
    + sum{r in REGIONS, (k, t) in BUILDABLE}
        (build_cost[k] * cost_factor[r] * (residual[k,t] - discount[t]) - running[k,t]) * build[r,k,t];

s.t. use{r in REGIONS, t in YEARS}:
    demand[r,t] * served[r,t]
    - sum{(k, y) in BUILDABLE: y + lead_time[k] <= t and t < y + lead_time[k] + lifetime[k]}
        max_utilization * build[r,k,y]
    <= max_utilization * base_capacity[r,t];
s.t. demand_limit{r in REGIONS, t in YEARS}:
    served[r,t] - sum{s in STEPS, y in 1..t} retention ^ (t - y) * adoption[r,s,y] <= organic[r,t];
s.t. step_limit{r in REGIONS, s in STEPS}:
    sum{t in YEARS} adoption[r,s,t] <= share[s] * (potential_users[r] - users[r]);
s.t. build_limit{r in REGIONS, t in YEARS: yearly_build_limit[r] >= 0}:
    sum{(k, t) in BUILDABLE} build[r,k,t] <= yearly_build_limit[r];
s.t. trading_served{r in REGIONS, t in YEARS}: trading[r,t] <= served[r,t];
s.t. trading_enrolled{r in REGIONS, t in YEARS}:
    trading[r,t] - sum{y in 1..t} enrol[r,y] <= credit_users[r];

s.t. budget_until{last in YEARS}:
    sum{r in REGIONS, t in 1..last} (
        sum{(k, t) in BUILDABLE} build_cost[k] * cost_factor[r] * build[r,k,t]
        + sum{s in STEPS} adoption_cost[r] * step_cost_factor[s] * adoption[r,s,t] + credit_cost[r] * enrol[r,t])
    <= last * yearly_budget;
s.t. budget:
    sum{r in REGIONS, t in YEARS} (
        sum{(k, t) in BUILDABLE} build_cost[k] * cost_factor[r] * build[r,k,t]
        + sum{s in STEPS} adoption_cost[r] * step_cost_factor[s] * adoption[r,s,t] + credit_cost[r] * enrol[r,t])
    <= total_budget;

s.t. rule_remote_floor:
    sum{r in REGIONS, t in YEARS} ((if zone[r] = 'remote' then 1 else 0) - remote_floor) * (
        sum{(k, t) in BUILDABLE} build_cost[k] * cost_factor[r] * build[r,k,t]
        + sum{s in STEPS} adoption_cost[r] * step_cost_factor[s] * adoption[r,s,t] + credit_cost[r] * enrol[r,t])
    >= 0;
s.t. rule_metro_cap:
    sum{r in REGIONS, t in YEARS} ((if zone[r] = 'metro' then 1 else 0) - metro_cap) * (
        sum{(k, t) in BUILDABLE} build_cost[k] * cost_factor[r] * build[r,k,t]
        + sum{s in STEPS} adoption_cost[r] * step_cost_factor[s] * adoption[r,s,t] + credit_cost[r] * enrol[r,t])
    <= 0;
s.t. rule_metro_capacity:
    sum{r in REGIONS, (k, t) in BUILDABLE} ((if zone[r] = 'metro' then 1 else 0) - metro_capacity) * build[r,k,t]
    <= 0;
s.t. rule_promotion_cap:
    sum{r in REGIONS, s in STEPS, t in YEARS} adoption_cost[r] * step_cost_factor[s] * adoption[r,s,t]
    <= promotion_cap;
s.t. rule_remote_coverage:
    sum{r in REGIONS: zone[r] = 'remote'} served[r,T]
    >= remote_coverage * sum{r in REGIONS: zone[r] = 'remote'} potential_users[r];
s.t. rule_rural_service:
    sum{r in REGIONS: zone[r] = 'rural'} served[r,T]
    >= rural_service * sum{r in REGIONS: zone[r] = 'rural'} organic[r,T];

solve;

# The same with zero spending.
param own{r in REGIONS, t in YEARS} := min(organic[r,t], max_utilization * base_capacity[r,t] / demand[r,t]);
param nothing := sum{r in REGIONS, t in YEARS} discount[t] * (
    revenue_per_user[r] * own[r,t] + commerce_revenue[r] * min(own[r,t], credit_users[r]));

printf "region,build,adoption,credit,new_capacity,users_served\n" > allocation;
printf{r in REGIONS} "%s,%.10g,%.10g,%.10g,%.10g,%.10g\n", r,
    sum{(k, t) in BUILDABLE} build_cost[k] * cost_factor[r] * build[r,k,t],
    sum{s in STEPS, t in YEARS} adoption_cost[r] * step_cost_factor[s] * adoption[r,s,t],
    sum{t in YEARS} credit_cost[r] * enrol[r,t], sum{(k, t) in BUILDABLE} build[r,k,t], served[r,T]
    >> allocation;
printf '{"return": %.15g}\n', net_present_value - nothing;

end;
