SELECT
  "t3"."dossier",
  CASE
    WHEN "t3"."_d1_2"
    THEN 0
    WHEN NOT (
      "t3"."_d6"
    )
    THEN 5
    WHEN "t3"."_d2"
    THEN 3
    WHEN "t3"."_d6" AND NOT (
      "t3"."_d2"
    )
    THEN 1
    WHEN "t3"."_d6"
    THEN 2
    ELSE 4
  END AS "_s0",
  CASE WHEN NOT (
    "t3"."_d2"
  ) THEN 5 WHEN "t3"."_d2" THEN 1 ELSE 4 END AS "_s1",
  CASE WHEN NOT (
    "t3"."_d3"
  ) THEN 5 WHEN "t3"."_d3" THEN 1 ELSE 4 END AS "_s2"
FROM (
  SELECT
    "t2"."dossier",
    "t2"."_d1_2",
    "t2"."_d2",
    "t2"."_d3",
    "t2"."_d0"
    AND "t2"."_f7"
    AND (
      (
        (
          "t2"."_d1" = 0
        ) AND NOT (
          "t2"."_d4"
        )
      )
      OR (
        (
          "t2"."_d1" = 2
        ) AND NOT (
          "t2"."_d5"
        )
      )
    ) AS "_d6"
  FROM (
    SELECT
      "t1"."dossier",
      "t1"."_f7",
      "t1"."_f0" OR "t1"."_f1" AS "_d0",
      IF(
        (
          IF("t1"."_f2", 1, 0) + IF(NOT (
            "t1"."_f3"
          ), 1, 0) + IF(NOT (
            "t1"."_f2"
          ) AND "t1"."_f3", 1, 0)
        ) = 1,
        CASE
          WHEN "t1"."_f2"
          THEN 0
          WHEN NOT (
            "t1"."_f3"
          )
          THEN 1
          WHEN NOT (
            "t1"."_f2"
          ) AND "t1"."_f3"
          THEN 2
          ELSE NULL
        END,
        CAST(NULL AS TINYINT)
      ) AS "_d1",
      (
        IF("t1"."_f2", 1, 0) + IF(NOT (
          "t1"."_f3"
        ), 1, 0) + IF(NOT (
          "t1"."_f2"
        ) AND "t1"."_f3", 1, 0)
      ) > 1 AS "_d1_2",
      NOT (
        "t1"."_f4"
      ) AS "_d2",
      (
        NOT (
          "t1"."_f5"
        ) AND "t1"."_f4"
      ) OR NOT (
        "t1"."_f6"
      ) AS "_d3",
      NOT (
        "t1"."_f2"
      ) AS "_d4",
      "t1"."_f2" OR NOT (
        "t1"."_f3"
      ) AS "_d5"
    FROM (
      SELECT
        "t0"."dossier",
        "t0"."richting" = 'zorg' AS "_f0",
        "t0"."richting" = 'techniek' AS "_f1",
        "t0"."duur" <= 12 AS "_f2",
        "t0"."duur" <= 24 AS "_f3",
        "t0"."kosten" <= 2500 AS "_f4",
        "t0"."kosten" < 1000 AS "_f5",
        "t0"."laatste_cursus" < FROM_ISO8601_DATE('2026-05-22') AS "_f6",
        "t0"."gemotiveerd" = 'ja' AS "_f7"
      FROM "dossiers" AS "t0"
    ) AS "t1"
  ) AS "t2"
) AS "t3"
