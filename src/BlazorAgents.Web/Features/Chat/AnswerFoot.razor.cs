using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>The row under an answer. Its clocks run in the browser: a second costs no message and draws nothing here.</summary>
public sealed partial class AnswerFoot : ComponentBase
{
    private TurnView? _turn;
    private RunState? _run;
    private string? _step;
    private bool _isStale;

    [Parameter, EditorRequired] public required TurnView Turn { get; set; }

    [Parameter, EditorRequired] public required RunState Run { get; set; }

    /// <summary>What is going on, in words, when it is not simply writing.</summary>
    [Parameter] public string? Step { get; set; }

    [Inject] public required ChatSession Session { get; init; }

    [Inject] public required IJSRuntime JS { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    private RunOutcome? Outcome => RunOutcome.For(Run);

    private bool HasText => Turn.Run.Items.Any(item => item.Kind is RunItemKind.Text);

    private int? RetryIn => Run.RetryAt is { } at ? Math.Max(0, (int)Math.Ceiling((at - Time.GetUtcNow()).TotalSeconds)) : null;

    private int Elapsed => Run.StartedAt is { } start ? Math.Max(0, (int)(Time.GetUtcNow() - start).TotalSeconds) : 0;

    private string Words => Run switch
    {
        { RetryAt: not null } => RetryReason + " Trying again",
        { Status: RunStatus.Queued } => "Starting…",
        { Status: RunStatus.AwaitingApproval } => "Waiting for a decision by an approver…",
        _ => Step is null ? "Working…" : Step + "…",
    };

    private string RetryReason => Run.RetryReason switch
    {
        nameof(AgentErrorKind.RateLimited) => "Rate limited.",
        nameof(AgentErrorKind.Timeout) => "The model took too long.",
        _ => "The model did not answer.",
    };

    protected override void OnParametersSet()
    {
        _isStale = !ReferenceEquals(Turn, _turn) || !ReferenceEquals(Run, _run) || Step != _step;
        (_turn, _run, _step) = (Turn, Run, Step);
    }

    protected override bool ShouldRender() => _isStale;

    private async Task CopyAsync()
    {
        var source = string.Join("\n\n", Turn.Run.Items.Where(item => item.Kind is RunItemKind.Text).Select(item => item.Text));
        try
        {
            await using var module = await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/thread.js"]);
            await module.InvokeVoidAsync("copyText", source);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException)
        {
            // The browser refused the clipboard; the script has said so.
        }
    }
}
