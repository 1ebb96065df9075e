using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>One request with its decision; follows what others decide. The service checks every decision, whatever is shown here.</summary>
public sealed partial class ApprovalPanel : ComponentBase, IDisposable
{
    private readonly string _titleId = $"approval-{Guid.NewGuid():N}";
    private readonly string _reasonId = $"reason-{Guid.NewGuid():N}";
    private IReadOnlyDictionary<string, string> _fieldErrors = new Dictionary<string, string>();
    private ElementReference _reasonBox;
    private ElementReference _approveEdited;
    private IDisposable? _news;
    private ApprovalDetail? _detail;
    private ToolPreview? _preview;
    private ArgumentFields? _fields;
    private AllowDraft? _draft;
    private Actor? _actor;
    private Guid _shown;
    private int _read;
    private PanelMode _mode;
    private string _reason = "";
    private string _answer = "";
    private string? _seen;
    private CheckedChanges? _checked;
    private string? _problem;
    private bool _isMissing;
    private bool _isBusy;
    private bool _isOpen;
    private bool _focusReason;
    private bool _focusChecked;

    /// <summary>The request.</summary>
    [Parameter, EditorRequired] public required Guid RequestId { get; set; }

    /// <summary>A few lines, the rest on demand.</summary>
    [Parameter] public bool IsCompact { get; set; }

    /// <summary>The letters a, e and r press its buttons, on a page that listens to letters.</summary>
    [Parameter] public bool HasKeys { get; set; }

    /// <summary>A person decided it here.</summary>
    [Parameter] public EventCallback<Approval> OnChanged { get; set; }

    [Inject] public required ApprovalService Approvals { get; init; }

    [Inject] public required ApprovalPreviews Previews { get; init; }

    [Inject] public required RuleService Rules { get; init; }

    [Inject] public required CurrentUser CurrentUser { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required ILogger<ApprovalPanel> Logger { get; init; }

    private Approval Row => _detail!.Approval;

    private string Sentence => Row.State is ApprovalState.Pending && _preview is { } preview ? preview.Sentence : Row.Sentence;

    // Who changes what a call does sees what it would do then, where its tool tells.
    private bool MustCheck => _checked is null && _fields!.Changed.Any() && Previews.TellsBefore(Row);

    private bool MayDecide => _detail is { MayNotDecide: null, Approval.State: ApprovalState.Pending };

    private Task ApproveAsync(string shown) => MayDecide ? DecideAsync(new ApprovalDecision.Approve(Seen: shown)) : Task.CompletedTask;

    private void StartEdit() => Start(PanelMode.Edit);

    private void StartAnswer() => (_, _focusReason) = (Start(PanelMode.Answer), true);

    private void StartReject() => (_, _focusReason) = (Start(PanelMode.Reject), true);

    /// <inheritdoc/>
    public void Dispose() => _news?.Dispose();

    protected override void OnInitialized() => _news = Approvals.Subscribe(news =>
    {
        if (news.ApprovalId == _shown)
        {
            _ = InvokeAsync(RefreshAsync);
        }
    });

    protected override async Task OnParametersSetAsync()
    {
        if (RequestId != _shown)
        {
            (_shown, _detail, _preview, _mode, _problem, _isMissing, _reason, _answer, _checked) = (RequestId, null, null, PanelMode.None, null, false, "", "", null);
            await TryAsync(ReadAsync);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusReason && _mode is (PanelMode.Reject or PanelMode.Answer))
        {
            _focusReason = false;
            await _reasonBox.FocusAsync();
        }

        if (_focusChecked && _checked is not null)
        {
            _focusChecked = false;
            await _approveEdited.FocusAsync(); // it is another button than the one that was pressed
        }
    }

    private string? KeyOf(string key) => HasKeys ? key : null;

    private bool Start(PanelMode mode)
    {
        if (!MayDecide || (mode is (PanelMode.Edit or PanelMode.Answer) && Row.Kind is not ApprovalKind.Tool))
        {
            return false;
        }

        Enter(mode);
        StateHasChanged();
        return true;
    }

    private void StartAllow()
    {
        _draft = new AllowDraft(Row, _fields!) { Scope = Row.RequesterId == _actor!.Id ? AllowScope.Conversation : AllowScope.Agent };
        Start(PanelMode.Allow);
    }

    // What stands there now is what the person reads while they fill in a form.
    private void Enter(PanelMode mode) => (_mode, _seen, _problem, _fieldErrors, _checked) = (mode, Sentence, null, new Dictionary<string, string>(), null);

    private void Leave()
    {
        Enter(PanelMode.None);
        _fields = ReadFields(Row); // what was typed is not what would run
    }

    private void ForgetChecked() => _checked = null;

    // A press approves what stood there when it was drawn, nothing that came meanwhile.
    private Task ApproveEditedAsync(CheckedChanges? shown)
    {
        var (json, errors) = _fields!.Write();
        _fieldErrors = errors;
        if (json is null)
        {
            _problem = errors.GetValueOrDefault("") ?? "Please check the fields marked above.";
            return Task.CompletedTask;
        }

        return !_fields.Changed.Any() ? DecideAsync(new ApprovalDecision.Approve(Seen: _seen))
            : !Previews.TellsBefore(Row) ? DecideAsync(new ApprovalDecision.ApproveEdited(json))
            : shown is not null && shown == _checked && shown.Json == json ? DecideAsync(new ApprovalDecision.ApproveEdited(json, Seen: shown.Preview.Sentence))
            : ActAsync(() => CheckAsync(json));
    }

    // Decides nothing, whatever comes of it.
    private async Task CheckAsync(string json)
    {
        (_checked, _problem) = (null, null);
        var id = RequestId;
        var (preview, refusal) = await Previews.ComputeChangedAsync(Row, json);
        if (id != RequestId || _mode is not PanelMode.Edit || _fields!.Write().Json != json)
        {
            return; // somebody typed on
        }

        if (refusal is not null)
        {
            Show(refusal);
        }

        (_checked, _focusChecked) = (preview is null ? null : new CheckedChanges(json, preview), preview is not null);
    }

    private Task AnswerAsync() => DecideAsync(new ApprovalDecision.AnswerInstead(_answer));

    private Task RejectAsync(bool stops) => DecideAsync(stops ? new ApprovalDecision.RejectAndStop(_reason) : new ApprovalDecision.Reject(_reason));

    // The rule comes second: a call that must not run leaves none behind.
    private Task AllowAsync() => ActAsync(async () =>
    {
        var rule = _draft!.ToRule(Time.GetUtcNow());
        if (await DecideCoreAsync(new ApprovalDecision.Approve(Seen: _seen))
            && await Rules.SaveAsync(_actor!, rule) is { Problems: [_, ..] problems })
        {
            _problem = $"This call is approved. The rule was not stored: {string.Join(" ", problems.Select(problem => problem.Message))}";
        }
    });

    private Task DecideAsync(ApprovalDecision decision) => ActAsync(() => DecideCoreAsync(decision));

    /// <summary>True when the decision counts.</summary>
    private async Task<bool> DecideCoreAsync(ApprovalDecision decision)
    {
        (_problem, _checked) = (null, null); // refused, it is looked at again
        switch (await Approvals.DecideAsync(_actor!, Row.Id, decision))
        {
            case DecisionResult.Decided decided:
                _mode = PanelMode.None;
                await ReadAsync();
                await OnChanged.InvokeAsync(decided.Approval);
                return true;
            case DecisionResult.AlreadyDecided:
                _mode = PanelMode.None;
                await ReadAsync();
                _problem = "Someone was faster: your decision changed nothing.";
                break;
            case DecisionResult.Refused { Refusal: { Kind: ApprovalRefusalKind.Invalid } refusal }:
                Show(refusal);
                break;
            case DecisionResult.Refused refused:
                await ReadAsync();
                (_problem, _seen) = (refused.Refusal.Message, Sentence);
                break;
        }

        return false;
    }

    // At its field where that is one of ours: the validator names the last part of a path.
    private void Show(ApprovalRefusal refusal)
    {
        var field = _mode is PanelMode.Edit ? _fields!.All.FirstOrDefault(f => f.Name == refusal.Field || f.Path[^1] == refusal.Field) : null;
        if (field is not null)
        {
            _fieldErrors = new Dictionary<string, string> { [field.Name] = refusal.Message };
        }

        _problem = field is null ? refusal.Message : "Please check the field marked above.";
    }

    // News while somebody types leave the typed text alone, unless there is nothing left to decide.
    private async Task RefreshAsync()
    {
        await TryAsync(ReadAsync);
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        var (id, read) = (RequestId, ++_read);
        var actor = (await CurrentUser.GetAsync()).ToActor();
        var detail = await Approvals.GetAsync(actor, id);
        var preview = detail?.Approval is { State: ApprovalState.Pending } pending ? await Previews.ComputeAsync(pending) : null;
        if (read != _read)
        {
            return; // a later look was faster
        }

        var mode = detail is { Approval.State: ApprovalState.Pending, MayNotDecide: null } ? _mode : PanelMode.None;
        var fields = detail is null || mode is PanelMode.Edit or PanelMode.Allow ? _fields : ReadFields(detail.Approval);
        (_actor, _detail, _preview, _isMissing, _fields) = (actor, detail, preview, detail is null, fields);
        (_mode, _checked) = (mode, mode is PanelMode.Edit ? _checked : null);
    }

    private static ArgumentFields ReadFields(Approval row) => ArgumentFields.Read(row.ToolSchema, row.Arguments, row.EditedArguments);

    private async Task ActAsync(Func<Task> work)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        await TryAsync(work);
        _isBusy = false;
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            _problem = PageFault.Describe(exception, "Something went wrong on the server; try again.", Logger);
        }
    }
}
