using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Probe;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>One provider: its settings, its test, and what each client type can do there.</summary>
public sealed partial class ProviderPage : ComponentBase, IDisposable
{
    private ProviderDetails? _provider;
    private Dictionary<Capability, CapabilityResult> _results = [];
    private CancellationTokenSource? _stop;
    private AppDialog? _delete;
    private string? _fault;
    private bool _missing;
    private bool _left;

    [Parameter] public required string Id { get; set; }

    [Inject] public required ProviderService Providers { get; init; }

    [Inject] public required ProviderTester Tester { get; init; }

    [Inject] public required CurrentUser CurrentUser { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    private string Subtitle => _provider switch
    {
        { IsConfigured: true, Kind: ProviderKind.Offline } => "The demo that answers when no provider is configured: rules, not a language model.",
        { IsConfigured: true } => "From the configuration, where it can be changed. Agents that name no provider use it.",
        { IsEnabled: true } => "Enabled: agents may use it.",
        _ => "Disabled: agents cannot use it.",
    };

    private string Progress => _stop is { IsCancellationRequested: true }
        ? "Stopping, and removing what the test made on the server."
        : $"Testing with small real calls: {_results.Count} of {Enum.GetValues<Capability>().Length} done.";

    protected override async Task OnParametersSetAsync()
    {
        if (_provider?.Id != Id)
        {
            _stop?.Cancel();
            await LoadAsync();
        }
    }

    public void Dispose()
    {
        _left = true;
        _stop?.Cancel();
    }

    private async Task LoadAsync()
    {
        _provider = await Providers.FindAsync(await CurrentUser.GetAsync(), Id);
        _missing = _provider is null;
        _results = _provider?.Test?.Results.DistinctBy(result => result.Capability).ToDictionary(result => result.Capability) ?? [];
    }

    private async Task TestAsync()
    {
        if (_stop is not null)
        {
            return;
        }

        using var stop = new CancellationTokenSource();
        (_stop, _fault, _results) = (stop, null, []);
        try
        {
            await foreach (var result in Tester.TestAsync(await CurrentUser.GetAsync(), Id, stop.Token))
            {
                _results[result.Capability] = result;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the person stopped it, or left: what was stored before is shown again
        }
        catch (AgentException exception)
        {
            _fault = exception.Message;
        }
        finally
        {
            _stop = null;
        }

        if (!_left)
        {
            await LoadAsync();
        }
    }

    private async Task ToggleAsync()
    {
        await Providers.EnableAsync(await CurrentUser.GetAsync(), Id, !_provider!.IsEnabled);
        await LoadAsync();
    }

    private async Task DeleteAsync()
    {
        _stop?.Cancel();
        await Providers.DeleteAsync(await CurrentUser.GetAsync(), Id);
        Navigation.NavigateTo("/providers");
    }
}
