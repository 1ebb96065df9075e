using System.Globalization;
using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Audit;

/// <summary>The audit: filters and the place in the list are the address.</summary>
public sealed partial class AuditTrailPage : ComponentBase, IDisposable
{
    private const int PageSize = 100;
    private readonly CancellationTokenSource _left = new();
    private AuditQuery _query = new();
    private AuditPage? _page;
    private string? _problem;
    private CancellationTokenSource? _stop;
    private AuditCheck? _check;
    private string? _outcome;
    private long _checked;
    private long _total;
    private int _load;

    [SupplyParameterFromQuery] public string? Who { get; set; }
    [SupplyParameterFromQuery] public string? Action { get; set; }
    [SupplyParameterFromQuery] public string? Type { get; set; }
    [SupplyParameterFromQuery] public string? Id { get; set; }
    [SupplyParameterFromQuery] public string? From { get; set; }
    [SupplyParameterFromQuery] public string? To { get; set; }
    [SupplyParameterFromQuery] public string? Words { get; set; }
    [SupplyParameterFromQuery] public string? Before { get; set; }
    [Inject] public required AuditLog Audit { get; init; }
    [Inject] public required CurrentUser CurrentUser { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required UserClock Clock { get; init; }
    [Inject] public required ILogger<AuditTrailPage> Logger { get; init; }

    private string? Verification => _stop is null ? _outcome
        : string.Create(CultureInfo.CurrentCulture, $"Checked {_checked:N0} of {_total:N0} events.");

    protected override void OnInitialized() => Clock.Changed += OnZone;

    protected override Task OnParametersSetAsync()
    {
        _query = new AuditQuery { Who = Who, Action = Action, Type = Type, Id = Id, From = From, To = To, Words = Words };
        return LoadAsync();
    }

    public void Dispose()
    {
        Clock.Changed -= OnZone;
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LoadAsync()
    {
        var load = ++_load;
        var (filter, problem) = _query.Read(Clock.Zone);
        long? before = null;
        if (Before is not null && problem is null)
        {
            before = long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
            problem = before is null ? "before: this is not the number of an event." : null;
        }

        AuditPage? page = null;
        if (problem is null)
        {
            try
            {
                page = await Audit.ListAsync((await CurrentUser.GetAsync()).ToActor(), filter, before, PageSize, _left.Token);
            }
            catch (UnauthorizedAccessException)
            {
                problem = "You are not an administrator any more.";
            }
            catch (InvalidDataException exception)
            {
                problem = exception.Message;
            }
            catch (OperationCanceledException) when (_left.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                problem = PageFault.Describe(exception, "The events could not be read. Reload the page to try again.", Logger);
            }
        }

        if (load == _load)
        {
            (_page, _problem) = (page, problem);
        }
    }

    private void Apply(AuditQuery query) => Navigation.NavigateTo(query.AddressOf("/audit"));

    private async Task VerifyAsync()
    {
        if (_stop is not null)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        (_stop, _check, _outcome, _checked) = (stop, null, null, 0);
        try
        {
            var actor = (await CurrentUser.GetAsync()).ToActor();
            _total = await Audit.NewestIdAsync(actor, stop.Token);

            // Hashing keeps a processor busy, and the circuit has more to do.
            _check = await Task.Run(() => Audit.VerifyAsync(actor, new Progress(this), stop.Token), stop.Token);
            _outcome = AuditWords.ResultOf(_check);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _outcome = string.Create(CultureInfo.CurrentCulture, $"Cancelled. The first {AuditWords.Count(_checked)} were checked and are sound.");
        }
        catch (UnauthorizedAccessException)
        {
            _problem = "You are not an administrator any more.";
        }
        catch (Exception exception)
        {
            _problem = PageFault.Describe(exception, "The chain could not be checked. Try it again.", Logger);
        }
        finally
        {
            _stop = null;
        }

        if (!_left.IsCancellationRequested && _check is not null)
        {
            await LoadAsync();
        }
    }

    private void OnZone() => _ = InvokeAsync(async () =>
    {
        await LoadAsync();
        StateHasChanged();
    });

    /// <summary>Tells the page from the thread of the check.</summary>
    private sealed class Progress(AuditTrailPage page) : IProgress<long>
    {
        public void Report(long value) => _ = page.InvokeAsync(() =>
        {
            page._checked = value;
            page.StateHasChanged();
        });
    }
}
