using BlazorAgents.Data;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <content>What administrators set for a tool of an agent. It counts from the next call on, also for answers that are being written.</content>
public sealed partial class ToolService
{
    private const string Subject = "tool";

    /// <summary>Sets whether calls wait for a person, before any rule. Requests that are open stay so.</summary>
    /// <exception cref="UnauthorizedAccessException">The person is no administrator now.</exception>
    /// <exception cref="RunRequestException">The agent has no such tool, or the mode cannot be set for it.</exception>
    public Task SetModeAsync(Actor actor, string agentId, string toolName, ToolApprovalMode mode, CancellationToken cancellationToken = default) => database.WriteAsync(
        async context =>
        {
            var current = await DemandAsync(context, actor, cancellationToken);
            var (agent, tool) = Find(agentId, toolName) ?? throw NotFound();
            if (!Enum.IsDefined(mode))
            {
                throw new RunRequestException(RunRequestError.Invalid, "Asks a person: choose by its risk, always or never.");
            }

            if (tool is not AIFunction)
            {
                throw new RunRequestException(RunRequestError.Invalid, "This tool runs at the provider, where its calls cannot be held. Switch it off instead.");
            }

            var setting = await SettingAsync(context, agent, tool, cancellationToken);
            if (setting.Mode != mode)
            {
                var before = setting.Mode;
                (setting.Mode, setting.UpdatedAt) = (mode, time.GetUtcNow());
                await LogAsync(
                    context, current, AuditActions.ToolChanged, agent, toolName, $"{toolName} of {agent.Name} {Words(mode)}", new { before = $"{before}", after = $"{mode}" }, cancellationToken);
            }
        },
        cancellationToken);

    /// <summary>Switches a tool of an agent on or off. Off: the model does not have it any more, and its open requests are withdrawn with the cause.</summary>
    /// <returns>How many requests were withdrawn.</returns>
    /// <exception cref="UnauthorizedAccessException">The person is no administrator now.</exception>
    /// <exception cref="RunRequestException">The agent has no such tool.</exception>
    public async Task<int> SetEnabledAsync(Actor actor, string agentId, string toolName, bool isEnabled, CancellationToken cancellationToken = default)
    {
        var changes = await database.WriteAsync(
            async context =>
            {
                var current = await DemandAsync(context, actor, cancellationToken);
                var (agent, tool) = Find(agentId, toolName) ?? throw NotFound();
                var setting = await SettingAsync(context, agent, tool, cancellationToken);
                if (setting.IsEnabled == isEnabled)
                {
                    return new ApprovalChanges();
                }

                (setting.IsEnabled, setting.UpdatedAt) = (isEnabled, time.GetUtcNow());
                var (action, way) = isEnabled ? (AuditActions.ToolEnabled, "on") : (AuditActions.ToolDisabled, "off");
                await LogAsync(context, current, action, agent, toolName, $"Switched {toolName} of {agent.Name} {way}", null, cancellationToken);
                return isEnabled
                    ? new ApprovalChanges()
                    : await approvals.CloseAsync(
                        context, a => a.AgentId == agentId && a.ToolName == toolName, $"The tool {toolName} of {agent.Name} was switched off.", cancellationToken);
            },
            cancellationToken);
        approvals.Publish(changes);
        return changes.News.Count;
    }

    private static RunRequestException NotFound() => new(RunRequestError.NotFound, "There is no such tool of this agent. Choose another one from the list.");

    private static string Words(ToolApprovalMode mode) => mode switch
    {
        ToolApprovalMode.AlwaysRequire => "always asks a person",
        ToolApprovalMode.NeverRequire => "never asks a person",
        _ => "asks a person by its risk",
    };

    private static async Task<Actor> DemandAsync(AppDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await context.FindCurrentAsync(actor, cancellationToken) is { } current && current.Is(Roles.Admin)
            ? current
            : throw new UnauthorizedAccessException("Only administrators change tools.");
    }

    /// <summary>The stored setting; a new one changes nothing of what the tool says of itself.</summary>
    private static async Task<ToolSetting> SettingAsync(AppDbContext context, AgentDefinition agent, AITool tool, CancellationToken cancellationToken) =>
        await context.ToolSettings.FindAsync([agent.Id, tool.Name], cancellationToken)
            ?? context.Add(new ToolSetting { AgentId = agent.Id, ToolName = tool.Name, Mode = ToolFacts.ModeOf(tool) }).Entity;

    private Task LogAsync(
        AppDbContext context, Actor current, string action, AgentDefinition agent, string toolName, string summary, object? change, CancellationToken cancellationToken) =>
        audit.AppendAsync(context, new AuditEntry(current, action, Subject, toolName, summary, new { agentId = agent.Id, change }), cancellationToken);
}
