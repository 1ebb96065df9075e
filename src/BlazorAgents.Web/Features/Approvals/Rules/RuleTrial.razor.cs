using System.Globalization;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>Tries a change of the rules on recorded calls, with progress; it can be cancelled, and ends when it is left.</summary>
public sealed partial class RuleTrial : ComponentBase, IDisposable
{
    private const int MaxExamples = 20;
    private static readonly (int Count, string Words)[] s_days = [(7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "365 days")];

    private readonly string _id = $"trial-{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<RuleDryRunCall> _examples = [];
    private CancellationTokenSource? _stop;
    private RuleDryRunReport? _report;
    private string? _fault;
    private string? _outcome;
    private string? _period;
    private string? _days = "30";
    private bool _isStale;
    private int _changed;
    private int _done;
    private int _total;

    /// <summary>The heading.</summary>
    [Parameter] public string Title { get; set; } = "Try it on recorded calls";

    /// <summary>The change as it stands; null when something is wrong with it, which then stands at its fields.</summary>
    [Parameter, EditorRequired] public required Func<Task<RuleDraft?>> Draft { get; set; }

    /// <summary>People with their names, as far as they are known.</summary>
    [Parameter] public IReadOnlyList<ApprovalFacet> People { get; set; } = [];

    [Inject] public required RuleDryRun DryRun { get; init; }

    [Inject] public required CurrentUser CurrentUser { get; init; }

    [Inject] public required ILogger<RuleTrial> Logger { get; init; }

    private string? Result => (_stop, _report) switch
    {
        (not null, _) => _total == 0 ? "Looking at the calls." : string.Create(CultureInfo.CurrentCulture, $"Looked at {_done:N0} of {_total:N0} calls."),
        (_, null) => _outcome,
        (_, { Total: 0 }) => $"No calls were recorded in the last {_period}, so there is nothing to try it on.",
        (_, var report) => $"{(_isStale ? "Before your last changes: of" : "Of")} {Calls(report.Total)} of the last {_period}, "
            + $"{Number(report.WouldAsk)} would ask, {Number(report.WouldDeny)} be denied, {Number(report.WouldAllow)} run."
            + (report.Changes.Count == 0 ? " Nothing would change." : null),
    };

    /// <summary>The change is another one now; what is shown was tried before.</summary>
    public void Outdate()
    {
        if (_report is not null && !_isStale)
        {
            _isStale = true;
            StateHasChanged();
        }
    }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private static string Calls(int count) => count == 1 ? "1 call" : $"{Number(count)} calls";

    private static string Verb(RuleEffect effect) => effect switch { RuleEffect.Deny => "is denied", RuleEffect.Ask => "asks", _ => "runs" };

    private static string Verbs(RuleEffect effect) => effect switch { RuleEffect.Deny => "are denied", RuleEffect.Ask => "ask", _ => "run" };

    private static string Then(RuleEffect effect) => effect switch { RuleEffect.Deny => "be denied", RuleEffect.Ask => "ask", _ => "run" };

    private static (RuleEffect Effect, string Words, int Then)[] Tally(RuleDryRunReport report) =>
        [(RuleEffect.Allow, "run", report.WouldAllow), (RuleEffect.Ask, "ask", report.WouldAsk), (RuleEffect.Deny, "are denied", report.WouldDeny)];

    private static int Before(RuleDryRunReport report, RuleEffect effect, int then) =>
        then - report.Changes.Where(c => c.To == effect).Sum(c => c.Count) + report.Changes.Where(c => c.From == effect).Sum(c => c.Count);

    private async Task RunAsync()
    {
        if (_stop is not null)
        {
            return;
        }

        (_report, _fault, _outcome, _isStale, _done, _total) = (null, null, null, false, 0, 0);
        if (s_days.FirstOrDefault(days => days.Count.ToString(CultureInfo.InvariantCulture) == _days) is not { Words: { } period } chosen)
        {
            _fault = "The number of days does not exist. Choose one from the list.";
            return;
        }

        if (await Draft() is not { } draft)
        {
            _outcome = "Not tried: please check the fields marked in the form.";
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        (_stop, _period) = (stop, period);
        try
        {
            var report = await DryRun.RunAsync((await CurrentUser.GetAsync()).ToActor(), draft, chosen.Count, new Progress(this), stop.Token);
            _changed = report.Changes.Sum(change => change.Count);
            _examples = [.. report.Examples.Values.SelectMany(calls => calls).Where(call => call.Current.Effect != call.Draft.Effect).OrderByDescending(call => call.StartedAt).Take(MaxExamples)];
            _report = report;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _outcome = "Cancelled.";
        }
        catch (Exception exception)
        {
            _fault = PageFault.Describe(exception, "The calls could not be read. Try it again.", Logger);
        }
        finally
        {
            _stop = null;
        }
    }

    /// <summary>Tells the page from the thread of the trial.</summary>
    private sealed class Progress(RuleTrial trial) : IProgress<RuleDryRunProgress>
    {
        public void Report(RuleDryRunProgress value) => _ = trial.InvokeAsync(() =>
        {
            (trial._done, trial._total) = (value.Done, value.Total);
            trial.StateHasChanged();
        });
    }
}
