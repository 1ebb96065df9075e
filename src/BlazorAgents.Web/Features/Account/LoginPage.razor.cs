using System.ComponentModel.DataAnnotations;
using BlazorAgents.Web.Features.Setup;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Account;

public sealed partial class LoginPage : ComponentBase
{
    private FormErrors? _errors;
    private bool _needsSetup;

    [SupplyParameterFromForm] public LoginInput? Input { get; set; }
    [SupplyParameterFromQuery] public string? ReturnUrl { get; set; }
    [CascadingParameter] public required HttpContext HttpContext { get; set; }
    [Inject] public required AppSignInManager SignIn { get; init; }
    [Inject] public required FirstAdministrator FirstAdministrator { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new LoginInput();
        _needsSetup = await FirstAdministrator.IsMissingAsync(HttpContext.RequestAborted);
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
        }
    }

    private async Task SignInAsync()
    {
        switch (await SignIn.SignInByPasswordAsync(Input!.Email!.Trim(), Input.Password!, Input.StaySignedIn))
        {
            case SignInOutcome.SignedIn:
                Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
                break;
            case SignInOutcome.Disabled:
                _errors!.Show(new FieldError("", "This account is disabled. Ask an administrator to enable it."));
                break;
            default:
                _errors!.Show(new FieldError("", "The email address or the password is not right. After five wrong passwords an account stays locked for 5 minutes."));
                break;
        }
    }

    /// <summary>The form's fields.</summary>
    public sealed class LoginInput
    {
        /// <summary>The address the person signs in with.</summary>
        [Required(ErrorMessage = "Enter your email address.")]
        public string? Email { get; set; }

        /// <summary>The password.</summary>
        [Required(ErrorMessage = "Enter your password.")]
        [MaxLength(AccountCreation.MaximumPasswordLength, ErrorMessage = "The password is too long.")]
        public string? Password { get; set; }

        /// <summary>Keep the cookie when the browser closes.</summary>
        public bool StaySignedIn { get; set; }
    }
}
