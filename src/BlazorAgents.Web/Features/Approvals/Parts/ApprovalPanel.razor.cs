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
    private string? _allowed;
    private string? _edited;
    private (string Json, ToolPreview Preview)? _checked;
    private string? _problem;
    private bool _isMissing;
    private bool _isBusy;
    private bool _isOpen;
    private bool _focusReason;

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
    private bool MustCheck => _preview is not null && _checked is null && _fields!.Changed.Any();

    private bool MayDecide => _detail is { MayNotDecide: null, Approval.State: ApprovalState.Pending };

    private Task ApproveAsync(string shown) => MayDecide ? DecideAsync(new ApprovalDecision.Approve(Seen: shown)) : Task.CompletedTask;

    private void StartEdit() => (_, _edited) = (Start(PanelMode.Edit), Sentence);

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
    }

    private string? KeyOf(string key) => HasKeys ? key : null;

    private bool Start(PanelMode mode)
    {
        if (!MayDecide || (mode is (PanelMode.Edit or PanelMode.Answer) && Row.Kind is not ApprovalKind.Tool))
        {
            return false;
        }

        (_mode, _problem, _fieldErrors, _checked) = (mode, null, new Dictionary<string, string>(), null);
        StateHasChanged();
        return true;
    }

    private void StartAllow()
    {
        _allowed = Sentence;
        _draft = new AllowDraft(Row, _fields!) { Scope = Row.RequesterId == _actor!.Id ? AllowScope.Conversation : AllowScope.Agent };
        Start(PanelMode.Allow);
    }

    private void Leave() => (_mode, _problem, _fieldErrors, _checked) = (PanelMode.None, null, new Dictionary<string, string>(), null);

    private void ForgetChecked() => _checked = null;

    private Task ApproveEditedAsync()
    {
        var (json, errors) = _fields!.Write();
        _fieldErrors = errors;
        if (json is null)
        {
            _problem = errors.GetValueOrDefault("") ?? "Please check the fields marked above.";
            return Task.CompletedTask;
        }

        return _fields.Changed.Any() ? TryAsync(() => CheckOrApproveAsync(json)) : DecideAsync(new ApprovalDecision.Approve(Seen: _edited));
    }

    private async Task CheckOrApproveAsync(string json)
    {
        if (_checked?.Json != json && await Previews.ComputeEditedAsync(Row, json) is { } preview)
        {
            (_checked, _problem) = ((json, preview), null);
            return;
        }

        var seen = _checked?.Json == json ? _checked?.Preview.Sentence : null;
        _checked = null; // if it is refused, it is to be looked at again
        await DecideCoreAsync(new ApprovalDecision.ApproveEdited(json, Seen: seen));
    }

    private Task AnswerAsync() => DecideAsync(new ApprovalDecision.AnswerInstead(_answer));

    private Task RejectAsync(bool stops) => DecideAsync(stops ? new ApprovalDecision.RejectAndStop(_reason) : new ApprovalDecision.Reject(_reason));

    // The rule comes second: a call that must not run leaves none behind.
    private Task AllowAsync() => TryAsync(async () =>
    {
        var rule = _draft!.ToRule(Time.GetUtcNow());
        if (await DecideCoreAsync(new ApprovalDecision.Approve(Seen: _allowed))
            && await Rules.SaveAsync(_actor!, rule) is { Problems: [_, ..] problems })
        {
            _problem = $"This call is approved. The rule was not stored: {string.Join(" ", problems.Select(problem => problem.Message))}";
        }

        _allowed = Sentence;
    });

    private Task DecideAsync(ApprovalDecision decision) => TryAsync(() => DecideCoreAsync(decision));

    /// <summary>True when the decision counts.</summary>
    private async Task<bool> DecideCoreAsync(ApprovalDecision decision)
    {
        _problem = null;
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
                _problem = refused.Refusal.Message;
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

        (_actor, _detail, _preview, _isMissing) = (actor, detail, preview, detail is null);
        if (detail is null)
        {
            return;
        }

        if (detail is not { Approval.State: ApprovalState.Pending, MayNotDecide: null })
        {
            _mode = PanelMode.None;
        }

        if (_mode is not (PanelMode.Edit or PanelMode.Allow))
        {
            _fields = ArgumentFields.Read(Row.ToolSchema, Row.Arguments, Row.EditedArguments);
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        _isBusy = true;
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            _problem = PageFault.Describe(exception, "Something went wrong on the server; try again.", Logger);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
