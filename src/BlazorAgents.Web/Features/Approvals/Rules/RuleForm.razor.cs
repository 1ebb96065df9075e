using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>The form of a rule, for administrators: the service refuses everyone else's, whoever shows it.</summary>
public sealed partial class RuleForm : ComponentBase, IDisposable
{
    // Only administrators see the form; the service looks again who it is.
    private static readonly Actor s_admin = new("", "", Roles.Admin);

    private RuleFields _fields = null!;
    private RuleChoices _choices = null!;
    private IReadOnlyList<RuleProblem> _errors = [];
    private ElementReference _alert;
    private RuleTrial? _trial;
    private string? _problem;
    private bool _focusAlert;
    private bool _isBusy;
    private bool _isGone;

    /// <summary>The rule, or that it is a new one; read when the form opens.</summary>
    [Parameter, EditorRequired] public required RuleDesk Desk { get; set; }

    [Inject] public required RuleService Rules { get; init; }

    [Inject] public required AgentCatalog Agents { get; init; }

    [Inject] public required CurrentUser CurrentUser { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required UserClock Clock { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required ILogger<RuleForm> Logger { get; init; }

    private string Sentence
    {
        get
        {
            var input = Read().Input;
            return RuleWords.Sentence(input, Agents, _choices.People.FirstOrDefault(person => person.Id == input.RequesterId)?.Name);
        }
    }

    private string? Covered => string.IsNullOrWhiteSpace(_fields.ToolPattern) ? null : _choices.Tools.Covered(_fields.ToolPattern.Trim()) switch
    {
        null => null,
        { Count: 0 } => "No tool of an agent has such a name. Tools of MCP servers are called server.tool.",
        { Count: 1 } only => $"Covers {only[0]}.",
        { Count: <= 6 } few => $"Covers {string.Join(", ", few)}.",
        var many => $"Covers {string.Join(", ", many.Take(5))} and {many.Count - 5} more.",
    };

    protected override void OnInitialized()
    {
        _fields = new RuleFields(Desk.Rule?.Rule, Clock.Zone);
        _choices = RuleChoices.Of(Desk, Agents);
        _errors = Desk.Rule?.Problems ?? [];
        Clock.Changed += OnZone;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusAlert)
        {
            _focusAlert = false;
            await _alert.FocusAsync(); // so that it is read, and the fields follow
        }
    }

    public void Dispose() => Clock.Changed -= OnZone;

    private string? Error(string field) => _errors.FirstOrDefault(problem => problem.Field == field)?.Message;

    private (RuleInput Input, IReadOnlyList<RuleProblem> Problems) Read() => _fields.Read(_choices, s_admin, Clock.Zone, Time.GetUtcNow());

    private void Changed() => _trial?.Outdate();

    // A rule is tried as if it were on, and before it has a name.
    private Task<RuleDraft?> DraftAsync()
    {
        var (input, problems) = Read();
        var isNameless = string.IsNullOrWhiteSpace(input.Name);
        return Task.FromResult(Show([.. problems.Where(problem => !isNameless || problem.Field != nameof(input.Name))])
            ? null
            : new RuleDraft(input with { Name = isNameless ? "New rule" : input.Name, IsEnabled = true }));
    }

    private Task SaveAsync() => TryAsync(input => input);

    private Task SaveAsNewAsync() => _isGone ? TryAsync(input => input with { Id = null, ReadAt = null, KeepsUses = false }) : Task.CompletedTask;

    private async Task TryAsync(Func<RuleInput, RuleInput> form)
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _problem) = (true, null);
        try
        {
            await StoreAsync(form);
        }
        catch (NotSignedInException)
        {
            (_problem, _focusAlert) = ("You are signed out. Sign in in another tab and save again: what you typed is still here.", true);
        }
        catch (Exception exception)
        {
            (_problem, _focusAlert) = (PageFault.Describe(exception, "The rule could not be saved. What you typed is still here: try again.", Logger), true);
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task StoreAsync(Func<RuleInput, RuleInput> form)
    {
        var actor = (await CurrentUser.GetAsync()).ToActor();
        var (input, problems) = Read();
        try
        {
            if (!Show(problems) && !Show((await Rules.SaveAsync(actor, form(input))).Problems))
            {
                Navigation.NavigateTo("/approvals/rules");
            }
        }
        catch (RunRequestException exception)
        {
            (_problem, _isGone, _focusAlert) = await IsGoneAsync()
                ? ("Somebody deleted this rule while you changed it. What you typed is still here.", true, true)
                : (exception.Message, false, true);
        }
    }

    private async Task<bool> IsGoneAsync() =>
        Desk.Rule is { } shown && await Rules.OpenAsync((await CurrentUser.GetAsync()).ToActor(), shown.Rule.Id) is { IsAdmin: true, Rule: null };

    private bool Show(IReadOnlyList<RuleProblem> problems)
    {
        (_errors, _problem, _focusAlert, _isGone) = (problems, null, problems.Count > 0, false);
        StateHasChanged();
        return problems.Count > 0;
    }

    private void OnZone() => _ = InvokeAsync(() =>
    {
        _fields.UseZone(Clock.Zone);
        StateHasChanged();
    });
}
