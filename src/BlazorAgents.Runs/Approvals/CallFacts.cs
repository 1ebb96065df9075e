using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>What counts for the calls of a step, as it is when they begin: an answer may take minutes, and much can change meanwhile.</summary>
/// <param name="Caller">The person as they are now; null when their account is gone or disabled.</param>
/// <param name="IsStopping">Someone asked for the answer to stop.</param>
/// <param name="IsUntrusted">
/// The conversation holds content from outside: what a hosted tool found, what a tool brought from another system, or what an MCP server says of its tools.
/// </param>
/// <param name="Settings">What administrators set for the agent's tools, by name.</param>
internal sealed record CallFacts(ToolCaller? Caller, bool IsStopping, bool IsUntrusted, IReadOnlyDictionary<string, ToolSetting> Settings)
{
    private static readonly Dictionary<string, ToolSetting> s_none = [];

    /// <summary>Reads them.</summary>
    /// <param name="context">The transaction that journals the calls, or a look ahead.</param>
    /// <param name="claim">The run.</param>
    /// <param name="caller">The person.</param>
    /// <param name="wasUntrusted">What was known of outside content before; null looks through the whole conversation, later only this run adds to it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="LeaseLostException">Another process holds the run, or nobody does.</exception>
    public static async Task<CallFacts> ReadAsync(AppDbContext context, RunClaim claim, ToolCaller caller, bool? wasUntrusted, CancellationToken cancellationToken)
    {
        var (id, generation, owner, conversation, userId) = (claim.Run.Id, claim.Run.Generation, claim.Run.Owner, claim.Run.ConversationId, caller.UserId);
        var agentId = claim.Run.AgentId;
        // Each step of each run passes here: SQL as it is, without a query to translate.
        var rows = await context.Database.SqlQuery<Row>(
            $"""
            SELECT r."StopRequested",
                EXISTS (SELECT 1 FROM "AspNetUsers" u WHERE u."Id" = {userId} AND u."DisabledAt" IS NULL) AS "IsEnabled",
                EXISTS (SELECT 1 FROM "AspNetUserRoles" ur JOIN "AspNetRoles" ro ON ro."Id" = ur."RoleId" WHERE ur."UserId" = {userId} AND ro."Name" = {Roles.Approver}) AS "IsApprover",
                EXISTS (SELECT 1 FROM "AspNetUserRoles" ur JOIN "AspNetRoles" ro ON ro."Id" = ur."RoleId" WHERE ur."UserId" = {userId} AND ro."Name" = {Roles.Admin}) AS "IsAdmin",
                EXISTS (SELECT 1 FROM "Items" i WHERE i."RunId" = r."Id" AND i."Kind" IN ('HostedTool', 'Source')) AS "HasFound",
                EXISTS (SELECT 1 FROM "ToolSettings" s WHERE s."AgentId" = {agentId}) AS "HasSettings"
            FROM "Runs" r WHERE r."Id" = {id} AND r."Generation" = {generation} AND r."Owner" = {owner} AND r."Status" = 'Running'
            """).ToListAsync(cancellationToken);
        if (rows is not [var now])
        {
            throw new LeaseLostException();
        }

        var settings = now.HasSettings
            ? await context.ToolSettings.AsNoTracking().Where(s => s.AgentId == agentId).ToDictionaryAsync(s => s.ToolName, cancellationToken)
            : s_none;
        var role = now.IsAdmin ? Roles.Admin : now.IsApprover ? Roles.Approver : Roles.User;
        return new CallFacts(
            now.IsEnabled ? caller with { Role = role } : null,
            now.StopRequested,
            now.HasFound || (wasUntrusted ?? await IsUntrustedAsync(context, conversation, cancellationToken)),
            settings);
    }

    /// <summary>Whether what the tool brings may come from strangers.</summary>
    public static bool BringsOutsideContent(ToolRisk risk) => risk is ToolRisk.External or ToolRisk.Code;

    /// <summary>Whether a run that has the tool may come to hold what strangers wrote.</summary>
    public static bool BringsOutsideContent(AITool tool) =>
        tool is HostedWebSearchTool or HostedFileSearchTool or HostedMcpServerTool || (tool is AIFunctionDeclaration && BringsOutsideContent(ToolFacts.RiskOf(tool)));

    /// <summary>Why the call must not begin, whatever rules say; null when nothing stands against it.</summary>
    public string? WhyNot(ToolRequest request) =>
        Caller is null ? "the account that asked for it is disabled"
        : IsStopping ? "the answer is being stopped"
        : !ToolFacts.IsGranted(request.Tool, Caller.Role) || Settings.GetValueOrDefault(request.Name) is { IsEnabled: false } ? "the tool was taken away meanwhile"
        : null;

    // By run, as both tables are indexed. The model reads what a server says of its tools before any of them is called.
    private static Task<bool> IsUntrustedAsync(AppDbContext context, Guid conversation, CancellationToken cancellationToken) =>
        context.Runs.AnyAsync(
            run => run.ConversationId == conversation
                && (run.HostedTools.Contains(HostedToolCatalog.McpPrefix)
                    || context.Items.Any(i => i.RunId == run.Id && (i.Kind == ItemKind.HostedTool || i.Kind == ItemKind.Source))
                    || context.ToolExecutions.Any(e => e.RunId == run.Id && e.State != ToolExecutionState.Refused
                        && (e.Risk == nameof(ToolRisk.External) || e.Risk == nameof(ToolRisk.Code)))),
            cancellationToken);

    /// <summary>Whether its calls wait for a person where no rule says it.</summary>
    public ToolApprovalMode ModeOf(ToolRequest request) => Settings.GetValueOrDefault(request.Name)?.Mode ?? ToolFacts.ModeOf(request.Tool);

    private sealed record Row(bool StopRequested, bool IsEnabled, bool IsApprover, bool IsAdmin, bool HasFound, bool HasSettings);
}
