/* SPDX-License-Identifier: Apache-2.0 */
/* Small tables of words for tests; see tables.h. */
#include "tables.h"

#include "programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char EVENTS[] =
    "event\tkind\twhen\tinput\thow\tfield\tvalue\tunit\tbasis\tsource\tnote\n"
    "massage\t*\t-\ttouch.hand_pressure\tset\tpressure\t5\tkPa\t\t\t\n"
    "massage\t*\t-\ttouch.stroke_speed\tset\tstroke_speed\t5\tcm/s\t\t\t\n"
    "massage\t*\t-\ttouch.self_effort\tset\tself_effort\t0\t1\t\t\t\n"
    "massage\t*\t-\tlifestyle.upright\tset\t-\t0\t1\t\t\t\n"
    "massage\tchair\t-\tlifestyle.upright\tset\t-\t0.5\t1\t\t\t\n"
    "massage\t*\tgiver=self\ttouch.self_effort\tset\tself_effort\t0.25\t1\t\t\t\n"
    "massage\t*\t-\t-\texcludes\tmassage\t-\t-\t\t\t\n"
    "massage\t*\t-\t-\texcludes\tsleep\t-\t-\t\t\t\n"
    "massage\t*\t-\t-\tinterrupts\twork\t-\t-\t\t\t\n"
    "rest\t*\t-\tlifestyle.rest_drive\tset\t-\t1\t1\t\t\t\n"
    "rest\t*\treading=true\tlifestyle.rest_drive\tset\t-\t0.7\t1\t\t\t\n"
    "rest\t*\tposture=supine\tlifestyle.upright\tset\t-\t0\t1\t\t\t\n"
    "rest\t*\t-\tfor\tfor\t-\t30\tmin\t\t\t\n"
    "posture\tstanding\t-\tlifestyle.upright\tset\t-\t1\t1\t\t\t\n"
    "work\tdesk\t-\tlifestyle.upright\tset\t-\t0.5\t1\t\t\t\n"
    "work\t*\tload=high\tlifestyle.stressor_drive\tmax\t-\t0.1\t1\t\t\t\n"
    "work\t*\tload=low\tlifestyle.stressor_drive\tmax\t-\t0\t1\t\t\t\n"
    "work\t*\t-\tfor\tfor\t-\t8\th\t\t\t\n"
    "stressor\texam\t-\tlifestyle.stressor_drive\tmax\t-\t0.5\t1\t\t\t\n"
    "stressor\texam\t-\tfor\tfor\t-\t2\th\t\t\t\n"
    "stressor\texam\t-\t-\texcludes\tsleep\t-\t-\t\t\t\n"
    "stressor\tchronic\tlevel=high\tlifestyle.chronic_stressor\tset\t-\t1\t1\t\t\t\n"
    "exercise\tcycling\t-\tlifestyle.exercise_intensity\tset\tintensity\t0.55\t1\t\t\t\n"
    "exercise\tcycling\t-\tfor\tfor\t-\t40\tmin\t\t\t\n"
    "exercise\t*\t-\t-\texcludes\tsleep\t-\t-\t\t\t\n"
    "sleep\t*\t-\tlifestyle.sleep_forced\tset\t-\t1\t1\t\t\t\n"
    "sleep\t*\t-\tlifestyle.wake_forced\tset\t-\t0\t1\t\t\t\n"
    "sleep\t*\t-\tlifestyle.light\tset\t-\t0\tlux\t\t\t\n"
    "sleep\t*\tdeprived=true\tlifestyle.sleep_forced\tset\t-\t0\t1\t\t\t\n"
    "sleep\t*\tdeprived=true\tlifestyle.wake_forced\tset\t-\t1\t1\t\t\t\n"
    "sleep\t*\t-\tfor\tfor\tamount\t8\th\t\t\t\n"
    "sleep\t*\t-\t-\texcludes\tsleep\t-\t-\t\t\t\n"
    "sleep\t*\t-\t-\treplaces\tsleep\t-\t-\t\t\t\n"
    "awake\t*\t-\tlifestyle.wake_forced\tset\t-\t1\t1\t\t\t\n"
    "light\tday\t-\tlifestyle.light\tset\t-\t1000\tlux\t\t\t\n"
    "light\t*\t-\tlifestyle.light\tset\tamount\t-\tlux\t\t\t\n"
    "breathing\t*\t-\tlifestyle.breath_rate\tset\trate\t6\t1/min\t\t\t\n"
    "breathing\t*\t-\tfor\tfor\t-\t10\tmin\t\t\t\n"
    "drug\tcrh\t-\tlifestyle.dose_crh\tdose\tdose\t70\tug\t\t\t\n"
    "drug\tcrh\t-\tfor\tfor\tover\t1\tmin\t\t\t\n"
    "coffee\t*\t-\tlifestyle.stressor_drive\tadd\tcups\t-\t1\t\t\t\n"
    "coffee\t*\t-\tfor\tfor\t-\t1\th\t\t\t\n"
    "inoculate\t*\t-\t-\tset\t-\t-\t-\t\t\tit comes with immunity\n";

static const char OBSERVABLES[] =
    "observable\tunit\tvariable\tfactor\tstatistic\twhat\ttitle\tdecimals\troom\tpart\tover\tsite\tnote\n"
    "cortisol\tnmol/L\tstress.cortisol\t1\tmean24h\t24-h mean\tcortisol\t0\tstress\tadrenal\t-\t-\t\n"
    "heart_rate\t1/min\tautonomic.hr\t1\tsession\tin the session\theart rate\t1\tnerves\theart\t-\t-\t\n"
    "il6\tpg/mL\t-\t-\t-\t-\til6\t0\timmunity\t-\t-\t-\t\n"
    "lymph_flow\tmL/min\tlymph.flow_{r}\t10\tsession\tin the session\tlymph flow\t1\tfluids\tskin\tsum\twhole body\t\n"
    "warmth\tdegC\tlymph.flow_{r}\t1\tsession\tin the session\twarmth\t1\tfluids\tskin\tmean\tarm\t\n"
    "foot\tmL\tlymph.flow_{calf}\t1\tend\tat the end\tfoot\t1\tfluids\tskin\tmean\tcalf\t\n"
    "grip\tN\tlymph.flow_{arm}\t1\tend\tat the end\tgrip\t1\tfluids\tskin\tmean\thand\t\n"
    "excess\tmL\tlymph.flow_{r}\t1\tend\tat the end\texcess\t1\tfluids\tskin\texcess\tleft arm\t\n";

static const char TECHNIQUES[] =
    "technique\ttitle\tpressure_kPa\tpressure_kPa_low\tpressure_kPa_high\tstroke_speed_cm_s\t"
    "stroke_frequency_Hz\tcontact_area_cm2\tdirection\tc_tactile\tsocial_touch\tself_effort\t"
    "default_minutes\tdefault_region\tdefault_word\n"
    "swedish\tSwedish massage\t5\t2\t15\t8\t0.4\t100\tcentripetal\t0.5\t1\t0\t60\twhole "
    "body\tmoderate\n"
    "chair\tChair massage\t8\t3\t20\t4\t0.5\t40\tnone\t0.15\t0.9\t0\t15\tback\tmoderate\n"
    "light touch\tLight touch\t0.6\t0.1\t1.5\t8\t0.25\t80\tany\t0.8\t1\t0\t45\twhole body\tlight\n"
    "self\tSelf-massage\t4\t1\t12\t5\t0.5\t60\tany\t0.4\t0\t0.3\t10\tarm\tmoderate\n";

static const char PRESSURE_WORDS[] = "word\tpressure_kPa\n"
                                     "light\t2\nmoderate\t5\nfirm\t10\n";

static const char PARTS[] = "part\tskin_percent\n"
                            "head\t10\ntrunk\t30\narm\t10\nthigh\t10\ncalf\t10\n";

static const char REGIONS[] = "region\tpart\tshare_percent\tct_weight\tsides\twithin\n"
                              "whole body\tbody\t100\t0.9\t1\t-\n"
                              "back\ttrunk\t13\t1\t1\t-\n"
                              "arm\tarm\t10\t0.8\t2\t-\n"
                              "hand\tarm\t2.5\t0.5\t2\t-\n";

static const char PERSON[] = "key\tword\tparameter\tvalue\tunit\tlow\thigh\n"
                             "sex\tfemale\tperson.sex\t0\t1\t\t\n"
                             "sex\tfemale\tperson.height\t1.6\tm\t\t\n"
                             "sex\tmale\tperson.sex\t1\t1\t\t\n"
                             "sex\tmale\tperson.height\t1.8\tm\t\t\n"
                             "age\t\tperson.age\t30\tyear\t18\t90\n"
                             "height\t\tperson.height\t1.7\tm\t1.2\t2.2\n"
                             "weight\t\tperson.weight\t70\tkg\t30\t250\n"
                             "bmi\t\t-\t25\tkg/m^2\t13\t70\n"
                             "stress\thigh\tperson.pss\t23\t1\t\t\n"
                             "stress\t\tperson.pss\t16\t1\t0\t40\n"
                             "sleep\t\tperson.sleep_need\t7\th\t4\t12\n";

static const char HEALTH[] = "state\tparameter\thow\tvalue\tunit\tspread\n"
                             "stressed\tperson.pss\tset\t24\t1\t0.2\n"
                             "heavy\tperson.weight\ttimes\t1.5\t1\t\n";

static const char LIMITS[] = "field\tunit\tlow\thigh\twhy\n"
                             "duration\th\t0.01\t43920\tfive years\n"
                             "pressure\tkPa\t0.01\t1000\tskin is crushed\n"
                             "pressure_ratio\t1\t0.2\t5\tof the usual range\n"
                             "stroke_speed\tcm/s\t0\t200\tno hand strokes faster\n"
                             "massage.for\th\t0.005\t6\tno session is longer\n"
                             "intensity\t1\t0.01\t1.5\tshare of maximal uptake\n"
                             "dose\tug\t0\t1000000\ta gram\n";

static const char BODY[] =
    "unit cm_per_s = 0.01 metre/second; unit per_min = 1/(60 second);\n"
    "unit ug_per_h = 1e-9 kilogram/(3600 second);\n"
    "model Lifestyle()\n"
    "  var light has lux; var breath_rate has per_min; var dose_crh has ug_per_h;\n"
    "  var sleep_forced has dimensionless; var wake_forced has dimensionless;\n"
    "  var upright has dimensionless; var rest_drive has dimensionless;\n"
    "  var stressor_drive has dimensionless; var chronic_stressor has dimensionless;\n"
    "  var exercise_intensity has dimensionless; var released has dimensionless;\n"
    "  light = 40 lux; breath_rate = 15 per_min; dose_crh = 0; sleep_forced = 0; wake_forced = 0;\n"
    "  upright = 0.5; rest_drive = 0; stressor_drive = 0; chronic_stressor = 0;\n"
    "  exercise_intensity = 0; released = 1;\n"
    "end\n"
    "model Touch()\n"
    "  var hand_pressure has kPa; var stroke_speed has cm_per_s; var self_effort has "
    "dimensionless;\n"
    "  hand_pressure = 0; stroke_speed = 0; self_effort = 0;\n"
    "end\n"
    "model Person()\n"
    "  const weight has kilogram; weight = 70 kilogram;\n"
    "end\n"
    "model *Body()\n"
    "  lifestyle: Lifestyle(); touch: Touch(); person: Person();\n"
    "  var x has dimensionless; const tau has hour; tau = 1 hour; x = 1;\n"
    "  x' = -x*lifestyle.sleep_forced/tau;\n"
    "end\n";

static tac_source source_of(const char *name, const char *text)
{
    return (tac_source){name, text, strlen(text)};
}

tac_word_tables test_tables(void)
{
    return (tac_word_tables){.events = source_of("events.tsv", EVENTS),
                             .observables = source_of("observables.tsv", OBSERVABLES),
                             .techniques = source_of("techniques.tsv", TECHNIQUES),
                             .pressure_words = source_of("pressure-words.tsv", PRESSURE_WORDS),
                             .parts = source_of("parts.tsv", PARTS),
                             .regions = source_of("regions.tsv", REGIONS),
                             .person = source_of("person.tsv", PERSON),
                             .health = source_of("health.tsv", HEALTH),
                             .limits = source_of("limits.tsv", LIMITS)};
}

tac_words *test_words(void)
{
    tac_ctx *ctx = tac_ctx_create();
    const tac_word_tables tables = test_tables();
    tac_words *words = NULL;
    if (tac_words_read(ctx, &tables, &words) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
    return words;
}

tac_program *test_program(void)
{
    return program_of(BODY);
}

tac_scenario *test_scenario(const tac_words *words, const char *yaml)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *scenario = NULL;
    if (tac_scenario_from_text(ctx, words, "s.yaml", yaml, strlen(yaml), &scenario) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
    return scenario;
}
