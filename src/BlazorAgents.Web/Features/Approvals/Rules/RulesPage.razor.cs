using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>The rules that the person sees, in the order in which they count. The service checks every change, whatever is shown here.</summary>
public sealed partial class RulesPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private ElementReference _heading;
    private DeleteRuleDialog? _delete;
    private RuleList? _list;
    private string? _fault;
    private string? _said;
    private bool _isBusy;
    private bool _focusHeading;

    [Inject] public required RuleService Rules { get; init; }

    [Inject] public required CurrentUser CurrentUser { get; init; }

    [Inject] public required ILogger<RulesPage> Logger { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusHeading)
        {
            _focusHeading = false;
            await _heading.FocusAsync(); // the button that had it is gone
        }
    }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LoadAsync()
    {
        try
        {
            (_list, _fault) = (await Rules.ViewAsync((await CurrentUser.GetAsync()).ToActor(), _left.Token), null);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // the page is left
        }
        catch (Exception exception)
        {
            _fault = PageFault.Describe(exception, "The rules could not be read.", Logger);
        }
    }

    private Task SwitchAsync(RuleView view, bool isEnabled) => ChangeAsync(
        view, actor => Rules.SetEnabledAsync(actor, view.Rule.Id, isEnabled), () => $"Switched “{view.Rule.Name}” {(isEnabled ? "on" : "off")}.");

    private Task MoveAsync(RuleView view, bool up) => ChangeAsync(
        view,
        actor => Rules.MoveAsync(actor, view.Rule.Id, up),
        () =>
        {
            var group = _list!.Rules.Where(other => other.Rule.Effect == view.Rule.Effect).ToList();
            return $"“{view.Rule.Name}” is now {group.FindIndex(other => other.Rule.Id == view.Rule.Id) + 1} of {group.Count}.";
        });

    private async Task ChangeAsync(RuleView view, Func<Actor, Task> change, Func<string> words)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await change((await CurrentUser.GetAsync()).ToActor());
            await LoadAsync();
            _said = words();
        }
        catch (RunRequestException exception) when (exception.Error is RunRequestError.NotFound)
        {
            await LoadAsync();
            _said = $"“{view.Rule.Name}” is gone, or not yours to change: nothing was changed.";
        }
        catch (RunRequestException exception)
        {
            await LoadAsync();
            _said = exception.Message;
        }
        catch (Exception exception)
        {
            _fault = PageFault.Describe(exception, "The rule could not be changed.", Logger);
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task GoneAsync(string words)
    {
        await LoadAsync();
        (_said, _focusHeading) = (words, true);
    }
}
