using System.ComponentModel.DataAnnotations;
using BlazorAgents.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace BlazorAgents.Web.Features.Account;

public sealed partial class PasswordPage : ComponentBase
{
    private FormErrors? _errors;

    [SupplyParameterFromForm] public PasswordInput? Input { get; set; }
    [SupplyParameterFromQuery] public bool Saved { get; set; }
    [CascadingParameter] public required HttpContext HttpContext { get; set; }
    [Inject] public required UserManager<AppUser> Users { get; init; }
    [Inject] public required AppSignInManager SignIn { get; init; }
    [Inject] public required AccountCreation Accounts { get; init; }
    [Inject] public required SignInAudit Audit { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized() => Input ??= new PasswordInput();

    private async Task ChangeAsync()
    {
        var user = await Users.GetUserAsync(HttpContext.User);
        if (user is null)
        {
            Navigation.NavigateTo("/account/login");
            return;
        }

        // Wrong guesses of the current password count like those at sign-in: a stolen cookie must not help to find it.
        if (!(await SignIn.CheckPasswordSignInAsync(user, Input!.Current!, lockoutOnFailure: true)).Succeeded)
        {
            _errors!.Show(new FieldError(nameof(Input.Current), "This is not your current password. After five wrong ones your account stays locked for 5 minutes."));
            return;
        }

        var errors = await Accounts.CheckPasswordAsync(user, Input.Password, nameof(Input.Password));
        if (errors.Count > 0)
        {
            _errors!.Show(errors);
            return;
        }

        var changed = await Users.ChangePasswordAsync(user, Input.Current!, Input.Password!);
        if (!changed.Succeeded)
        {
            _errors!.Show(changed.Errors.Select(error => new FieldError("", error.Description)));
            return;
        }

        await Audit.PasswordChangedAsync(user, HttpContext);
        await SignIn.RefreshSignInAsync(user);
        Navigation.NavigateTo("/account/password?saved=true");
    }

    /// <summary>The form's fields.</summary>
    public sealed class PasswordInput
    {
        /// <summary>The password until now.</summary>
        [Required(ErrorMessage = "Enter your current password.")]
        [MaxLength(AccountCreation.MaximumPasswordLength, ErrorMessage = "The password is too long.")]
        public string? Current { get; set; }

        /// <summary>The new password.</summary>
        [Required(ErrorMessage = "Enter a new password.")]
        public string? Password { get; set; }

        /// <summary>The new password again.</summary>
        [Compare(nameof(Password), ErrorMessage = "This is not the same as the new password.")]
        public string? Repeated { get; set; }
    }
}
