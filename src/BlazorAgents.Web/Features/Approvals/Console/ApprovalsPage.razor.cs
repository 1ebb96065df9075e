using System.Globalization;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Rendering;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BlazorAgents.Web.Features.Approvals.Console;

/// <summary>The queue of requests and its history; filters and the open request are the address. Approvers see all requests, others their own.</summary>
public sealed partial class ApprovalsPage : ComponentBase, IAsyncDisposable
{
    private const int FirstPage = 60;
    private const int MorePage = 240;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_tick = TimeSpan.FromMinutes(1);
    private static readonly (string? Show, string Words)[] s_shows = [(null, "All"), ("mine", "Mine"), ("unassigned", "Unassigned"), ("expiring", "Expiring soon")];
    private static readonly (string? Show, string Words)[] s_pastShows = [(null, "All"), ("mine", "Mine")];

    private readonly CancellationTokenSource _left = new();
    private readonly Dictionary<Guid, ApprovalSummary> _chosen = [];
    private ApprovalQuery _query = new();
    private ApprovalFacets _facets = ApprovalFacets.None;
    private ApprovalPage? _page;
    private BatchDecision? _outcome;
    private Actor? _actor;
    private AppDialog? _dialog;
    private ElementReference _detail;
    private ElementReference _more;
    private IJSObjectReference? _module;
    private IDisposable? _news;
    private RenderThrottle? _throttle;
    private ITimer? _clock;
    private Guid? _focus;
    private string? _fault;
    private string? _refusal;
    private string? _batchFault;
    private string _reason = "";
    private bool _isApproval;
    private int? _total;
    private int _take = FirstPage;
    private int _place;
    private int _load;

    [SupplyParameterFromQuery] public string? View { get; set; }
    [SupplyParameterFromQuery] public string? Show { get; set; }
    [SupplyParameterFromQuery] public string? Tool { get; set; }
    [SupplyParameterFromQuery] public string? Agent { get; set; }
    [SupplyParameterFromQuery] public string? By { get; set; }
    [SupplyParameterFromQuery] public string? Risk { get; set; }
    [SupplyParameterFromQuery] public string? Words { get; set; }
    [SupplyParameterFromQuery] public string? Id { get; set; }
    [Inject] public required ApprovalService Approvals { get; init; }
    [Inject] public required CurrentUser CurrentUser { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required CircuitConnection Connection { get; init; }
    [Inject] public required UserClock Clock { get; init; }
    [Inject] public required TimeProvider Time { get; init; }
    [Inject] public required IJSRuntime JS { get; init; }
    [Inject] public required ILogger<ApprovalsPage> Logger { get; init; }

    private Guid? Chosen => Guid.TryParse(Id, out var id) ? id : null;

    private bool IsUnknown => !string.IsNullOrEmpty(Id) && Chosen is null;

    private ApprovalSummary? Current => _page?.Rows.FirstOrDefault(row => row.Id == Chosen);

    private string? Count => (_total, _query.IsEmpty, _query.IsHistory) switch
    {
        (null, _, _) => null,
        (0, true, false) => "Nothing waits. New requests appear here by themselves.",
        (0, true, true) => "Nothing has been decided yet.",
        (0, false, _) => "No request fits the filters.",
        (1, _, false) => "1 request waits.",
        (1, _, true) => "1 request.",
        (var count, _, false) => string.Create(CultureInfo.CurrentCulture, $"{count:N0} requests wait."),
        (var count, _, true) => string.Create(CultureInfo.CurrentCulture, $"{count:N0} requests."),
    };

    protected override void OnInitialized()
    {
        _throttle = new RenderThrottle(Time, () => InvokeAsync(LookAgainAsync)) { Interval = s_interval };
        _news = Approvals.Subscribe(_ => _throttle.Request());
        _clock = Time.CreateTimer(_ => OnTick(), null, s_tick, s_tick);
        Connection.CameBack += _throttle.Request;
    }

    protected override async Task OnParametersSetAsync()
    {
        var query = new ApprovalQuery { View = View, Show = Show, Tool = Tool, Agent = Agent, By = By, Risk = Risk, Words = Words };
        var isFirst = _page is null && _fault is null;
        _refusal = null;
        if (!isFirst && query == _query)
        {
            (_focus, _place) = (Chosen ?? Guid.Empty, PlaceOf(Chosen));
            return;
        }

        var isOtherList = isFirst || query.IsHistory != _query.IsHistory;
        (_query, _take, _outcome) = (query, FirstPage, null);
        _chosen.Clear();
        await LoadAsync(isOtherList);
        _place = PlaceOf(Chosen);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            _module ??= await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/approvals.js"]);
            if (_page?.Next is not null)
            {
                await _module.InvokeVoidAsync("watch", _more);
            }

            if (_focus is { } id)
            {
                _focus = null;
                await _module.InvokeVoidAsync("focusRequest", id == Guid.Empty ? null : $"request-{id}", _detail);
            }
        }
        catch (JSDisconnectedException)
        {
            // the browser is gone
        }
    }

    public async ValueTask DisposeAsync()
    {
        _news?.Dispose();
        if (_throttle is not null)
        {
            Connection.CameBack -= _throttle.Request;
            _throttle.Dispose();
        }

        _clock?.Dispose();
        await _left.CancelAsync();
        _left.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // the module is gone with the browser
        }
    }

    // Times are drawn anew; only what is about to expire also depends on the clock.
    private void OnTick()
    {
        if (_query.Show == "expiring")
        {
            _throttle!.Request();
        }
        else
        {
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private async Task LookAgainAsync()
    {
        if (Connection.IsUp && !_left.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private Task LoadAsync() => LoadAsync(isOtherList: false);

    private async Task LoadAsync(bool isOtherList)
    {
        var load = ++_load;
        try
        {
            var (filter, problem) = _query.Read();
            if (problem is not null)
            {
                (_fault, _page, _total) = (problem, null, null);
                return;
            }

            var actor = (await CurrentUser.GetAsync()).ToActor();
            var page = await Approvals.ListAsync(actor, filter, after: null, _take, _left.Token);
            var total = page.Next is null ? page.Rows.Count : await Approvals.CountAsync(actor, filter, _left.Token);
            var facets = isOtherList || NewFacets(page) ? await Approvals.FacetsAsync(actor, filter.IsHistory, _left.Token) : null;
            if (load != _load)
            {
                return; // a later look was faster
            }

            (_actor, _page, _total, _facets, _fault) = (actor, page, total, facets ?? _facets, null);
            foreach (var gone in _chosen.Keys.Where(id => !page.Rows.Any(row => row.Id == id && IsChoosable(row))).ToList())
            {
                _chosen.Remove(gone);
            }

            if (Current is not null)
            {
                _place = PlaceOf(Chosen);
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // the page is left
        }
        catch (Exception exception)
        {
            var fault = PageFault.Describe(exception, "The list could not be read.", Logger);
            _fault = load == _load ? fault : _fault;
        }
    }

    // A list that is full does not take in what is new, however often it is read.
    private bool NewFacets(ApprovalPage page) => page.Rows.Any(row =>
        (_facets.Tools.Count < ApprovalService.MaxFacets && !_facets.Tools.Contains(row.ToolName))
        || (_facets.Agents.Count < ApprovalService.MaxFacets && _facets.Agents.All(a => a.Id != row.AgentId))
        || (_facets.Requesters.Count < ApprovalService.MaxFacets && _facets.Requesters.All(r => r.Id != row.RequesterId)));

    private void Apply(ApprovalQuery query) => Navigation.NavigateTo(query.AddressOf());

    private Task ShowMoreAsync()
    {
        _take = Math.Min(_take + MorePage, ApprovalService.MaxPage);
        return LoadAsync();
    }

    private int PlaceOf(Guid? id) => _page?.Rows.ToList().FindIndex(row => row.Id == id) is { } place and >= 0 ? place : _place;

    // A request that was decided has left the queue, and the next one has taken its place.
    private Guid? Step(int by)
    {
        if (_page is null)
        {
            return null;
        }

        var place = Current is null && by > 0 ? (Chosen is null ? 0 : _place) : _place + by;
        return place >= 0 && place < _page.Rows.Count && !(Chosen is null && by < 0) ? _page.Rows[place].Id : null;
    }

    private async Task OnDecidedAsync(Approval decided)
    {
        // It stays open with its outcome: the second click of a double click must not meet the next request's button.
        _focus = Guid.Empty;
        await LoadAsync();
    }

    private async Task AssignAsync(Guid id, bool isTaken)
    {
        try
        {
            var refusal = isTaken ? await Approvals.AssignAsync(_actor!, id) : await Approvals.UnassignAsync(_actor!, id);
            _refusal = refusal?.Message;
        }
        catch (Exception exception)
        {
            _refusal = PageFault.Describe(exception, "The request stays as it was. Try it again.", Logger);
        }

        _focus = Guid.Empty;
        await LoadAsync();
    }

    private static bool IsChoosable(ApprovalSummary row) => row is { MayDecide: true, Risk: nameof(ToolRisk.Read) or nameof(ToolRisk.Write) };

    private bool CanChoose(ApprovalSummary row) =>
        _chosen.Count < ApprovalService.MaxBatch && (_chosen.Count == 0 || _chosen.Values.First().ToolName == row.ToolName);

    private void Choose(ApprovalSummary row)
    {
        _outcome = null;
        if (!_chosen.Remove(row.Id) && CanChoose(row))
        {
            _chosen[row.Id] = row;
        }
    }

    private Task AskAsync(bool isApproval)
    {
        (_isApproval, _reason, _batchFault) = (isApproval, "", null);
        return _dialog!.OpenAsync();
    }

    private async Task DecideChosenAsync()
    {
        if (_chosen.Count == 0)
        {
            return; // the second click of a double click
        }

        ApprovalDecision decision = _isApproval ? new ApprovalDecision.Approve() : new ApprovalDecision.Reject(_reason);
        try
        {
            _outcome = await Approvals.DecideManyAsync(_actor!, [.. _chosen.Keys], decision);
            (_batchFault, _reason) = (null, "");
            _chosen.Clear();
            await _dialog!.CloseAsync();
        }
        catch (Exception exception)
        {
            _batchFault = PageFault.Describe(exception, "Nothing was decided. Try it again.", Logger);
            return; // the dialog stays, with the reason that was typed
        }

        await LoadAsync();
    }
}
