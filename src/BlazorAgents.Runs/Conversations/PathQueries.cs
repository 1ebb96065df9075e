using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>Walks the tree of turns and runs inside the database, so that a long conversation costs what is shown of it.</summary>
internal static class PathQueries
{
    /// <summary>The path from a run up to the first message, newest first, at most <paramref name="take"/> steps.</summary>
    public static Task<List<PathStep>> WalkUpAsync(this AppDbContext context, Guid leafRunId, int take, CancellationToken cancellationToken) =>
        context.Database.SqlQuery<PathStep>(
            $"""
            WITH RECURSIVE path("RunId", "TurnId", "ParentRunId", "Depth") AS (
                SELECT r."Id", t."Id", t."ParentRunId", 1 FROM "Runs" r JOIN "Turns" t ON t."Id" = r."TurnId" WHERE r."Id" = {leafRunId}
                UNION ALL
                SELECT r."Id", t."Id", t."ParentRunId", p."Depth" + 1
                FROM path p JOIN "Runs" r ON r."Id" = p."ParentRunId" JOIN "Turns" t ON t."Id" = r."TurnId"
                WHERE p."Depth" < {take})
            SELECT "RunId", "TurnId", "ParentRunId", "Depth" FROM path
            """)
            .OrderBy(step => step.Depth)
            .ToListAsync(cancellationToken);

    /// <summary>The newest of the runs at or below <paramref name="runId"/> that nothing follows.</summary>
    public static Task<Guid> NewestLeafAsync(this AppDbContext context, Guid runId, CancellationToken cancellationToken) =>
        context.Database.SqlQuery<Guid>(
            $"""
            WITH RECURSIVE below("RunId") AS (
                SELECT {runId}
                UNION ALL
                SELECT r."Id" FROM below b JOIN "Turns" t ON t."ParentRunId" = b."RunId" JOIN "Runs" r ON r."TurnId" = t."Id")
            SELECT r."Id" AS "Value" FROM "Runs" r
            WHERE r."Id" IN (SELECT "RunId" FROM below) AND NOT EXISTS (SELECT 1 FROM "Turns" t WHERE t."ParentRunId" = r."Id")
            ORDER BY r."CreatedAt" DESC, r."Id" DESC LIMIT 1
            """)
            .SingleAsync(cancellationToken);
}
