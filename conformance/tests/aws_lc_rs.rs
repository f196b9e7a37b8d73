//! The tests of the service's key with `AwsLcKey` beside `PrivateKey`.
//!
//! They are among all the others, too, if the feature is on. This is for building them alone.

mod conformance {
    mod passport_keys;
    mod passport_keys_made;
}
