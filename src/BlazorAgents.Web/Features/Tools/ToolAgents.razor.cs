using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Tools;

/// <summary>What administrators set for a tool of each agent. The service checks who may; here only the words and the questions are.</summary>
public sealed partial class ToolAgents : ComponentBase
{
    private readonly Dictionary<string, string?> _drafts = new(StringComparer.Ordinal);
    private AppDialog? _dialog;
    private Question? _asked;
    private string? _problem;
    private string? _outcome;

    [Parameter, EditorRequired] public required ToolOverview Tool { get; set; }

    [Parameter] public bool MayChange { get; set; }

    /// <summary>Something was changed, or could not be.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    [Inject] public required ToolService Tools { get; init; }

    [Inject] public required CurrentUser CurrentUser { get; init; }

    [Inject] public required ILogger<ToolAgents> Logger { get; init; }

    private string DraftOf(ToolOfAgent agent) => _drafts.GetValueOrDefault(agent.AgentId) ?? $"{agent.Mode}";

    private Task SaveModeAsync(ToolOfAgent agent)
    {
        // The browser may send what no option says.
        if (!Enum.TryParse<ToolApprovalMode>(DraftOf(agent), out var mode) || !Enum.IsDefined(mode) || $"{mode}" != DraftOf(agent))
        {
            (_problem, _outcome) = ($"Asks a person, for {agent.AgentName}: choose by its risk, always or never.", null);
            return Task.CompletedTask;
        }

        return mode is ToolApprovalMode.NeverRequire && mode != agent.Mode && agent.Risk is not ToolRisk.Read
            ? AskAsync(new Question(agent, IsOff: false))
            : SetModeAsync(agent, mode);
    }

    private Task SwitchAsync(ToolOfAgent agent) => agent.IsEnabled ? AskAsync(new Question(agent, IsOff: true)) : SetEnabledAsync(agent, isEnabled: true);

    private Task AskAsync(Question question)
    {
        (_asked, _problem, _outcome) = (question, null, null);
        return _dialog!.OpenAsync();
    }

    private void OnClosed()
    {
        if (_asked is { IsOff: false } question)
        {
            _drafts.Remove(question.Agent.AgentId); // it stays as it is, and the select says so
        }

        _asked = null;
    }

    private async Task ConfirmAsync()
    {
        if (_asked is not { } question)
        {
            return; // a second click
        }

        _asked = null;
        await _dialog!.CloseAsync();
        await (question.IsOff ? SetEnabledAsync(question.Agent, isEnabled: false) : SetModeAsync(question.Agent, ToolApprovalMode.NeverRequire));
    }

    private Task SetModeAsync(ToolOfAgent agent, ToolApprovalMode mode) => ChangeAsync(async actor =>
    {
        await Tools.SetModeAsync(actor, agent.AgentId, Tool.Name, mode);
        _drafts.Remove(agent.AgentId);
        return $"Saved for {agent.AgentName}. It counts from the next call on.";
    });

    private Task SetEnabledAsync(ToolOfAgent agent, bool isEnabled) => ChangeAsync(async actor =>
    {
        var withdrawn = await Tools.SetEnabledAsync(actor, agent.AgentId, Tool.Name, isEnabled);
        return isEnabled ? $"Switched on for {agent.AgentName}."
            : withdrawn == 0 ? $"Switched off for {agent.AgentName}."
            : $"Switched off for {agent.AgentName}; {ToolText.Count(withdrawn, "request", "requests")} withdrawn.";
    });

    private async Task ChangeAsync(Func<Actor, Task<string>> change)
    {
        (_problem, _outcome) = (null, null);
        try
        {
            _outcome = await change((await CurrentUser.GetAsync()).ToActor());
        }
        catch (Exception exception)
        {
            _problem = PageFault.Describe(exception, "The change was not stored.", Logger);
        }

        await OnChanged.InvokeAsync();
    }

    /// <summary>What is asked before a change with consequences.</summary>
    private sealed record Question(ToolOfAgent Agent, bool IsOff);
}
